/* A quiz, one question at a time: what was right is told in words, and how many were. Nothing leaves the screen. */
(() => {
  const Kiosk = window.Kiosk = window.Kiosk || {};
  const LETTERS = "ABCDEFGH";

  let questions = [];
  let answers = []; // chosen so far, counted from 1; `right` is as well

  const right = () => answers.filter((answer, index) => answer === questions[index].right).length;
  const choice = (text, index, chosen, question) => {
    const { make } = Kiosk.parts;
    const state = chosen && (index + 1 === question.right ? "right" : index + 1 === chosen ? "wrong" : "other");
    return make("button", { type: "button", class: "button choice", "data-choose": index + 1, "data-state": state, disabled: Boolean(chosen) },
      make("span", { class: "choice__letter" }, state === "right" ? "✓" : state === "wrong" ? "✗" : LETTERS[index]), make("span", {}, text));
  };

  const verdict = (question, chosen, lang) => {
    const { make } = Kiosk.parts;
    const told = Kiosk.words(lang, chosen === question.right ? "quiz.right" : "kiosk.quiz.wrong");
    return [make("p", { class: "reader__verdict" }, told),
      make("p", {}, Kiosk.words(lang, "kiosk.quiz.answer", { answer: question[lang].answer }))];
  };

  const result = lang => {
    const { make } = Kiosk.parts;
    return {
      eyebrow: Kiosk.words(lang, "kiosk.quiz"),
      title: Kiosk.words(lang, "kiosk.quiz.done"),
      body: [make("p", { class: "reader__verdict" }, Kiosk.words(lang, "quiz.score", { count: questions.length, right: right() }))],
      choices: [make("button", { type: "button", class: "button button--back", "data-choose": "again" }, Kiosk.words(lang, "quiz.again"))],
    };
  };

  Kiosk.readerQuiz = {
    start(list) {
      questions = list;
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
      const { make } = Kiosk.parts;
      if (this.at >= questions.length) return result(lang);
      const question = questions[this.at];
      const chosen = answers[this.at];
      const last = this.at + 1 === questions.length;
      const go = make("button", { type: "button", class: "button button--back", "data-choose": "next" },
        Kiosk.words(lang, last ? "kiosk.quiz.result" : "kiosk.quiz.next"));
      return {
        eyebrow: Kiosk.words(lang, "kiosk.quiz.number", { number: this.at + 1, count: questions.length }),
        title: question[lang].question,
        body: chosen ? verdict(question, chosen, lang) : [],
        choices: [...question[lang].choices.map((text, index) => choice(text, index, chosen, question)), ...(chosen ? [go] : [])],
      };
    },
  };
})();
