/* Tells at once whether an answer is right, and how many were. Nothing leaves the page. */

class PrizeQuiz extends HTMLElement {
  connectedCallback() {
    this.questions = [...this.querySelectorAll("fieldset")];
    this.addEventListener("change", event => this.answer(event.target.closest("fieldset")));
    this.querySelector(".quiz__score button").addEventListener("click", () => this.again());
    this.querySelectorAll(":checked").forEach(input => this.answer(input.closest("fieldset")));
    this.show();
  }

  answer(question) {
    const right = this.isRight(question);
    const verdict = question.querySelector(".quiz__verdict");
    verdict.textContent = right ? verdict.dataset.right : verdict.dataset.wrong;
    question.dataset.answered = right ? "right" : "wrong";
    this.show();
  }

  again() {
    for (const question of this.questions) {
      question.querySelectorAll("input").forEach(input => { input.checked = false; });
      delete question.dataset.answered;
      question.querySelector(".quiz__verdict").textContent = "";
    }
    this.show();
    this.questions[0].querySelector("input").focus();
  }

  isRight(question) {
    return question.querySelector("input:checked")?.value === question.dataset.answer;
  }

  show() {
    const score = this.querySelector(".quiz__score");
    const done = this.questions.every(question => question.dataset.answered);
    const right = this.questions.filter(question => this.isRight(question)).length;
    score.hidden = !done;
    score.firstElementChild.textContent = done
      ? score.dataset.text.replace("{right}", right).replace("{count}", this.questions.length) : "";
  }
}

customElements.define("prize-quiz", PrizeQuiz);
