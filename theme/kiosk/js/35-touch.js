/* What fingers and keys may do: open, stay, call the staff card. What a browser would do besides is prevented. */

(Kiosk => {
  const KEYS = ["Enter", " ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
  const BARRED = ["+", "-", "=", "0", "p", "s", "o", "ArrowLeft", "ArrowRight"]; // with Ctrl, Alt or Meta
  const CORNER = 0.12; // of the stage's shorter side
  const TAPS = 5;
  const WITHIN_S = 3;
  const CARD_S = 60;

  const state = () => Kiosk.root.state;
  let taps = [];
  let swallow = false; // the click of a touch that has had its effect
  let hiding = null;

  function corner({clientX, clientY}) {
    const [width, height] = Kiosk.states.playlist.screen.panel.px;
    const scale = Math.min(innerWidth / width, innerHeight / height);
    const side = CORNER * Math.min(width, height) * scale;
    const [x, y] = [clientX - (innerWidth - width * scale) / 2, clientY - (innerHeight - height * scale) / 2];
    const within = (place, length) => place >= 0 && place <= length && Math.min(place, length - place) < side;
    const reading = state() === "interact" || state() === "warn"; // there are buttons at the bottom: no count begins
    return within(x, width * scale) && within(y, height * scale) && !(reading && y > side && !taps.length);
  }

  /* Five taps within three seconds; any that are elsewhere begin the count anew. */
  function knocked(event) {
    const now = performance.now();
    taps = corner(event) ? [...taps.filter(time => now - time <= WITHIN_S * 1000), now] : [];
    return taps.length >= TAPS;
  }

  function staff() {
    taps = [];
    Kiosk.leave();
    Kiosk.tally.guard(() => Kiosk.cards.staff(Kiosk.tally.report()));
    clearTimeout(hiding);
    hiding = setTimeout(hide, CARD_S * 1000);
  }

  function hide() {
    clearTimeout(hiding);
    hiding = null;
    Kiosk.tally.guard(() => Kiosk.cards.staff(null));
  }

  function down(event) {
    swallow = true;
    if (hiding !== null) hide();
    else if (knocked(event)) staff();
    else swallow = false;
    if (state() === "interact") Kiosk.touched();
  }

  /* The click, not the finger's arrival: else its click would press what has just opened under it. */
  function click(event) {
    const stop = swallow || state() === "attract" || state() === "warn" || leads(event);
    if (stop) event.preventDefault();
    if (stop && !leads(event)) event.stopPropagation();
    if (!swallow) lifted();
    swallow = false;
  }

  function lifted() {
    if (state() === "warn") Kiosk.stay();
    else if (state() === "attract" && Kiosk.states.playlist.screen.panel.touch) Kiosk.states.open();
  }

  /* Out of the page: nothing may. */
  const leads = ({target}) => {
    const link = target.closest?.("a[href]");
    return Boolean(link) && !(link.getAttribute("href").startsWith("#") && !link.target);
  };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (BARRED.includes(event.key)) event.preventDefault();
      return;
    }
    if (state() === "warn") Kiosk.stay();
    else if (state() === "interact") Kiosk.touched();
    else if (state() === "attract" && KEYS.includes(event.key) && !event.repeat && readable()) answer(event);
  }

  /* A panel without touch carries no stories. */
  const readable = () => Object.keys(Kiosk.states.playlist.stories).length > 0;

  function answer(event) {
    event.preventDefault();
    Kiosk.states.open();
  }

  /* A long press gives no click, but asks for a menu. */
  function menu(event) {
    event.preventDefault();
    if (event.pointerType !== "mouse" && !swallow) lifted();
  }

  const prevent = event => event.preventDefault();
  const pinch = event => { if (event.touches.length > 1 && event.cancelable) event.preventDefault(); };
  const zoom = event => { if (event.ctrlKey) event.preventDefault(); };

  function start() {
    const firm = {capture: true, passive: false};
    const on = (names, listener) => names.forEach(name => addEventListener(name, listener, firm));
    on(["pointerdown"], down);
    on(["click"], click);
    on(["keydown"], key);
    on(["pointercancel"], () => state() === "warn" && Kiosk.stay()); // a swipe
    on(["wheel", "scroll", "input"], () => state() === "interact" && Kiosk.touched());
    on(["contextmenu"], menu);
    on(["auxclick", "dragstart", "selectstart", "gesturestart"], prevent);
    on(["touchstart", "touchmove"], pinch);
    on(["wheel"], zoom);
  }

  Kiosk.touch = {start};
})(window.Kiosk);
