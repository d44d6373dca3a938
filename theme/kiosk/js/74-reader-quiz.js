/* A quiz, one question at a time: what was right is told in words. Nothing leaves the screen. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const LETTERS = "ABCDEFGH";

  let questions = [];
  let answers = []; // chosen so far, counted from 1; `right` is as well

  const right = () => answers.filter((answer, index) => answer === questions[index].right).length;
  const button = (choose, more, ...children) => (
    Kiosk.parts.make("button", { type: "button", class: "button button--back", "data-choose": choose, ...more }, ...children));

  const stateOf = (number, chosen, question) => {
    if (!chosen) return null;
    return number === question.right ? "right" : number === chosen ? "wrong" : "other";
  };

  const choice = (text, index, chosen, question) => {
    const { make } = Kiosk.parts;
    const state = stateOf(index + 1, chosen, question);
    const letter = make("span", { class: "choice__letter" }, { right: "✓", wrong: "✗" }[state] || LETTERS[index]);
    const more = { class: "button choice", "data-state": state, disabled: chosen && "disabled" };
    return button(index + 1, more, letter, make("span", {}, text));
  };

  const verdict = (question, chosen, lang) => {
    const { make } = Kiosk.parts;
    const told = Kiosk.words(lang, chosen === question.right ? "quiz.right" : "kiosk.quiz.wrong");
    return [make("p", { class: "reader__verdict" }, told),
      make("p", {}, Kiosk.words(lang, "kiosk.quiz.answer", { answer: question[lang].answer }))];
  };

  const result = lang => {
    const { make } = Kiosk.parts;
    const score = Kiosk.words(lang, "quiz.score", { count: questions.length, right: right() });
    return {
      eyebrow: Kiosk.words(lang, "kiosk.quiz"),
      title: Kiosk.words(lang, "kiosk.quiz.done"),
      body: [make("p", { class: "reader__verdict" }, score)],
      choices: [button("again", {}, Kiosk.words(lang, "quiz.again"))],
    };
  };

  Kiosk.readerQuiz = {
    /* Begins with the question that the slide asked, if it is one of them. */
    start(list, asked) {
      const first = Math.max(0, list.findIndex(question => question.zh.question === asked));
      questions = [...list.slice(first), ...list.slice(0, first)];
      answers = [];
      this.at = 0;
    },

    /* A number answers the question on view, next goes on, again begins anew. */
    choose(what) {
      if (what === "again") this.start(questions);
      else if (what === "next") this.at += 1;
      else if (answers.length === this.at) answers.push(Number(what));
    },

    /* → {eyebrow, title, body, choices: [buttons]} */
    page(lang) {
      if (this.at >= questions.length) return result(lang);
      const question = questions[this.at];
      const chosen = answers[this.at];
      const last = this.at + 1 === questions.length;
      const go = button("next", {}, Kiosk.words(lang, last ? "kiosk.quiz.result" : "kiosk.quiz.next"));
      const choices = question[lang].choices.map((text, index) => choice(text, index, chosen, question));
      return {
        eyebrow: Kiosk.words(lang, "kiosk.quiz.number", { number: this.at + 1, count: questions.length }),
        title: question[lang].question,
        body: chosen ? verdict(question, chosen, lang) : [],
        choices: chosen ? [...choices, go] : choices,
      };
    },
  };
})();
