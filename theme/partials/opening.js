(root => {
  root.classList.replace("no-js", "js");
  root.classList.toggle("speaks", "speechSynthesis" in window);
  try { root.classList.toggle("elder", localStorage.getItem("elder") === "on"); } catch {}
})(document.documentElement);
