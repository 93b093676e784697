// A sheet to draw on with mouse, finger, pen or keyboard. A drawing is a list of strokes, each a flat list of x and y
// from 0 to 1000, so that the page can draw it anew at any size; pixels never travel.
// Arrows move a cursor over a grid of cells, Space paints the cell it is on, Shift with an arrow paints while it moves.
const SIDE = 1000, CELLS = 20, AGAIN_MS = 120;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const root = document.querySelector(".pad");
const [canvas, hint, pen, undo, clear, said] = ["canvas", ".hint", "input", ".undo", ".clear", ".said"].map((name) =>
  root.querySelector(name),
);
const state = { strokes: [], turn: null, n: 0, answered: 0, cell: [CELLS / 2, CELLS / 2], timer: 0, words: {} };
let held = null;
const tell = (type, values) => window.parent.postMessage({ isStreamlitMessage: true, type, ...values }, "*");
const clipped = (value) => Math.round(Math.max(0, Math.min(SIDE, value)));

function draw() {
  const size = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
  if (!size) return;
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const on = canvas.getContext("2d"), scale = size / SIDE, style = getComputedStyle(root);
  on.setTransform(scale, 0, 0, scale, 0, 0);
  on.clearRect(0, 0, SIDE, SIDE);
  on.strokeStyle = on.fillStyle = style.getPropertyValue("--textColor");
  on.lineWidth = Number(pen.value);
  on.lineCap = on.lineJoin = "round";
  for (const stroke of state.strokes) {
    on.beginPath();
    on.moveTo(stroke[0], stroke[1]);
    for (let at = 0; at < stroke.length; at += 2) on.lineTo(stroke[at], stroke[at + 1]);
    on.stroke();
  }
  if (document.activeElement === canvas && canvas.matches(":focus-visible")) {
    const width = SIDE / CELLS;
    on.strokeStyle = style.getPropertyValue("--primaryColor");
    on.lineWidth = 8;
    on.strokeRect(state.cell[0] * width, state.cell[1] * width, width, width);
  }
  hint.hidden = state.strokes.length > 0 || canvas.matches(":focus-visible");
  hint.style.display = hint.hidden ? "none" : "";
  undo.disabled = clear.disabled = !state.strokes.length;
}

// While a stroke is drawn the page hears of it as fast as it answers, and of its end at once.
function changed(isDone = true) {
  draw();
  if (!isDone) {
    state.timer ||= setTimeout(() => ((state.timer = 0), changed(state.answered >= state.n)), AGAIN_MS);
    return;
  }
  clearTimeout(state.timer);
  state.timer = 0;
  state.n += 1;
  const value = { strokes: state.strokes, pen: Number(pen.value), n: state.n };
  tell("streamlit:setComponentValue", { value, dataType: "json" });
}

function place(event) {
  const box = canvas.getBoundingClientRect();
  return [clipped(((event.clientX - box.left) / box.width) * SIDE), clipped(((event.clientY - box.top) / box.height) * SIDE)];
}

canvas.onpointerdown = (event) => {
  if (event.button || held !== null || state.strokes.length >= state.limit) return;
  held = event.pointerId;
  canvas.setPointerCapture(event.pointerId);
  state.strokes.push(place(event));
  changed(false);
};
canvas.onpointermove = (event) => {
  if (event.pointerId !== held) return;
  const stroke = state.strokes.at(-1);
  const all = event.getCoalescedEvents?.() ?? [];
  for (const each of all.length ? all : [event]) {
    const [x, y] = place(each);
    if (x !== stroke.at(-2) || y !== stroke.at(-1)) stroke.push(x, y);
  }
  changed(false);
};
canvas.onpointerup = (event) => {
  if (event.pointerId !== held) return;
  held = null;
  changed();
};
canvas.onpointercancel = canvas.onpointerup;
canvas.onfocus = canvas.onblur = draw;

canvas.onkeydown = (event) => {
  const step = ARROWS[event.key], width = SIDE / CELLS;
  const centre = () => state.cell.map((at) => clipped((at + 0.5) * width));
  const tellCell = (word) => (said.textContent = `${word} ${state.cell[1] + 1}, ${state.cell[0] + 1}`);
  if (step) {
    event.preventDefault();
    const from = centre();
    state.cell = state.cell.map((at, axis) => Math.max(0, Math.min(CELLS - 1, at + step[axis])));
    tellCell(event.shiftKey ? state.words.painted : state.words.cell);
    if (!event.shiftKey) return draw();
    state.strokes.push([...from, ...centre()]);
    changed();
  } else if (event.key === " ") {
    event.preventDefault();
    state.strokes.push(centre());
    tellCell(state.words.painted);
    changed();
  } else if (event.key === "Backspace" || ((event.ctrlKey || event.metaKey) && event.key === "z")) {
    event.preventDefault();
    undo.click();
  } else if (event.key === "Delete") {
    event.preventDefault();
    clear.click();
  }
};
undo.onclick = () => {
  state.strokes.pop();
  changed();
};
clear.onclick = () => {
  state.strokes = [];
  changed();
};
pen.oninput = () => changed(false);
pen.onchange = () => changed();

function show(data, theme) {
  state.answered = Math.max(state.answered, data.n);
  if (data.turn !== state.turn) {
    // Another drawing, or the page has put the frame elsewhere: what the page knows counts.
    Object.assign(state, { strokes: data.strokes.map((stroke) => [...stroke]), turn: data.turn, n: data.n });
    Object.assign(state, { answered: data.n, limit: data.limit, words: data.words });
    Object.assign(pen, { min: data.pens[0], max: data.pens[1], step: 1 });
    pen.value = data.pen;
  }
  for (const [name, value] of Object.entries(theme)) {
    if (typeof value === "string") root.style.setProperty(`--${name}`, value);
  }
  root.style.setProperty("--line", data.line);
  root.style.maxWidth = `${data.width}px`;
  hint.textContent = data.words.hint;
  root.querySelector(".pen").textContent = data.words.pen;
  undo.textContent = data.words.undo;
  clear.textContent = data.words.clear;
  canvas.setAttribute("aria-label", data.words.canvas);
  draw();
  tell("streamlit:setFrameHeight", { height: root.offsetHeight + 4 });
}

window.addEventListener("message", ({ source, data }) => {
  if (source === window.parent && data.type === "streamlit:render") show(data.args, data.theme ?? {});
});
window.addEventListener("resize", () => {
  draw();
  tell("streamlit:setFrameHeight", { height: root.offsetHeight + 4 });
});
tell("streamlit:componentReady", { apiVersion: 1 });
