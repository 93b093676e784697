// Takes what the page sends, draws it, moves softly from one picture to the next, and tells the page what was done.
import { decoded, palette, same } from "./frame.js";
import { drawNetwork, linked, placed, under } from "./network.js";
import { drawCard, drawClasses, drawMarks, drawNumbers, drawOverlay, drawStack, drawTip, nameOf } from "./overlay.js";
import { drawCurve, drawSurface } from "./output.js";

const TWEEN_MS = 100, DRAW_MS = 25, NARROW = 760, SIDE = 330, CURVE = 96, LEAST = 420, MOST = 760, BLENDED = ["heat", "weights", "surface"];
const find = (name) => document.querySelector(name);
const all = find(".all"), room = find(".room"), canvas = room.querySelector("canvas"), over = find(".over");
const surface = find(".surface"), curve = find(".curve");
const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const post = (type, values) => window.parent.postMessage({ isStreamlitMessage: true, type, ...values }, "*");
const state = { args: null, theme: {}, start: null, frame: null, from: {}, shown: {}, to: null, began: 0, asked: 0,
  hot: null, card: null, look: null, chosen: null, own: null, sent: 0, drawn: 0, layout: "", side: SIDE, height: 0, timer: 0 };
window.pictures = { frames: 0, draws: 0 };  // what a test counts

const tell = (value) => post("streamlit:setComponentValue", { value: { ...value, n: `${Date.now()}-${++state.sent}` }, dataType: "json" });

function received(args, theme) {
  const before = state.args;
  state.theme = theme ?? state.theme;
  const shape = JSON.stringify([args.layers, args.on, args.own]);
  const isNew = !before || shape !== JSON.stringify([before.layers, before.on, before.own]);
  const changed = !before || ["start", "frame"].some((name) => !same(args[name], before[name]));
  if (isNew) Object.assign(state, { card: null, hot: null });
  state.look ??= { discretise: args.look.discretise, test: args.look.test };
  if (!before || JSON.stringify(before.look) !== JSON.stringify(args.look)) {
    state.look = { discretise: args.look.discretise, test: args.look.test };
  }
  state.chosen ??= args.chosen;
  if (!state.timer) state.own = args.own;
  state.args = args;
  if (changed) {
    state.start = decoded(args.start);
    state.frame = decoded(args.frame);
    aim();
  }
  state.args.several = Boolean(state.to?.sure);
  layout();
  kick();
}

// Begin to move towards the newest picture, from what is shown now where that has the same neurons.
function aim() {
  const next = state.frame ?? state.start;
  if (!next) return;
  window.pictures.frames++;
  const isLike = state.to && BLENDED.every((name) => state.shown[name]?.length === next[name].length) && Boolean(next.sure) === Boolean(state.to.sure);
  for (const name of BLENDED) {
    state.from[name] = isLike ? Float32Array.from(state.shown[name]) : Float32Array.from(next[name]);
    state.shown[name] = Float32Array.from(state.from[name]);
  }
  state.to = next;
  state.began = performance.now();
}

function step() {
  const { to, from, shown, args } = state;
  const share = reduced.matches ? 1 : Math.min(1, (performance.now() - state.began) / TWEEN_MS);
  if (!to) return 1;
  for (const name of BLENDED) {
    const jumps = share === 1 || (name === "surface" && to.sure);  // between two classes there is none
    for (let at = 0; at < to[name].length; at++) shown[name][at] = jumps ? to[name][at] : from[name][at] + (to[name][at] - from[name][at]) * share;
  }
  Object.assign(shown, { biases: to.biases, sure: to.sure, features: state.start?.features, on: args.on, several: Boolean(to.sure) });
  return share;
}

const kick = () => (state.asked ||= requestAnimationFrame(draw));

function outputs() {
  const last = state.to ? state.to.biases.length - state.args.layers.reduce((n, [units]) => n + units, 0) : 1;
  return Math.max(1, last);
}

// How far down the page this frame stands, wherever the page is scrolled to.
function above() {
  const frame = window.frameElement;
  if (!frame) return 200;
  let scrolled = 0;
  for (let at = frame.parentElement; at; at = at.parentElement) scrolled += at.scrollTop;
  return frame.getBoundingClientRect().top + scrolled;
}

function layout() {
  const { args, look } = state, colours = coloured();
  for (const name of ["textColor", "backgroundColor", "secondaryBackgroundColor", "primaryColor"]) {
    if (state.theme[name]) all.style.setProperty(`--${name}`, state.theme[name]);
  }
  all.style.setProperty("--line", colours.line);
  all.style.colorScheme = state.theme.base === "dark" ? "dark" : "light";
  const width = document.documentElement.clientWidth - 4, isNarrow = width < NARROW, isLarge = args.look.present;
  all.classList.toggle("narrow", isNarrow);
  all.classList.toggle("present", isLarge);
  const left = window.parent.innerHeight - above() - 20;
  const tall = Math.max(LEAST, Math.min(isLarge ? 1200 : MOST, left));
  const extra = args.own ? 38 : 0;
  const side = isNarrow ? Math.min(width, 420) : Math.max(220, Math.min(isLarge ? width * 0.36 : SIDE, tall - (isLarge ? 254 : 232) - extra));
  const height = isNarrow ? 380 : tall - 44;
  const net = isNarrow ? width : width - side - 28;
  const key = JSON.stringify([width, height, side, args.layers, args.on, args.dropout, args.look, args.features.length, outputs(), args.own?.length, state.chosen, look, state.theme.base, colours.ground]);
  if (key === state.layout && state.place) return;
  Object.assign(state, { layout: key, side, place: placed(args, net, height, outputs()) });
  state.links = linked(state.place.columns, args.on);
  find(".side").style.width = `${side}px`;
  Object.assign(room.style, { width: `${state.place.room}px`, height: `${height}px` });
  drawStack(find(".stack"), args, tell);
  const card = state.card && over.querySelector(".card"), held = card?.contains(document.activeElement) && document.activeElement;
  drawOverlay(over, args, state.place, { tell, press, point });
  if (card) over.append(card);  // what somebody writes in it stays while the page beside grows or shrinks
  if (held) held.focus();
  drawMarks(find(".marks"), args, look, looked);
  drawClasses(find(".classes"), { ...args, own: state.own }, state.chosen, colours, { choose, clear, colour: classColour });
  drawScale(colours);
  canvas.setAttribute("aria-label", args.words.network.replace("{features}", args.on.length).replace("{layers}", args.layers.map(([n, name]) => `${n} ${name}`).join(", ") || "–"));
  requestAnimationFrame(() => post("streamlit:setFrameHeight", { height: Math.ceil(all.getBoundingClientRect().height) + 8 }));
}

function draw(now) {
  state.asked = 0;
  const { args, place, shown, look } = state;
  if (!args || !place) return;
  if (now - state.drawn < DRAW_MS) return kick();  // between two pictures four steps look smooth, and leave time for the rest
  state.drawn = now;
  const share = step(), colours = coloured();
  if (state.to) {
    drawNetwork(canvas, place, state.links, shown, colours, state.hot, look.discretise);
    drawSurface(surface, state.side, shown, colours, {
      points: state.own ? ownPoints() : state.start?.points ?? [], isRegression: args.task === "regression",
      several: Boolean(state.to.sure), ...look, hot: neuron(),
    });
    const history = joined(), [train, test] = state.to.losses, three = (value) => (Number.isFinite(value) ? value.toFixed(3) : "–");
    drawNumbers(find(".numbers"), args.words, [[args.words.train, three(train), 0], [args.words.test, three(test), 1], [args.words.epoch, state.to.epoch.toLocaleString("en"), null]], colours);
    drawCurve(curve, state.side, CURVE, history, colours, "Inter, sans-serif");
    const said = args.words.surface.replace("{train}", three(train)).replace("{test}", three(test));
    if (surface.getAttribute("aria-label") !== said) surface.setAttribute("aria-label", said);
    curve.setAttribute("aria-label", `${args.words.train} ${three(train)}, ${args.words.test} ${three(test)}`);
    window.pictures.draws++;
  }
  say(args.said);
  if (share < 1) kick();
}

function say(words) {
  const box = find(".said");
  if (box.textContent === words) return;
  box.replaceChildren();
  if (words) box.append(Object.assign(document.createElement("span"), { textContent: words }));
}

// The losses of all pictures of a run, behind that of the untrained network.
function joined() {
  const first = state.start?.history ?? [], rest = state.frame?.history ?? [];
  return rest.length && rest[0] > 0 ? Float32Array.from([...first, ...rest]) : rest.length ? rest : first;
}

function neuron() {
  const { hot, place } = state;
  if (!hot || hot.link || !state.to || (hot.at === place.columns.length - 1)) return null;
  return { at: hot.at, number: hot.at ? place.columns[hot.at].first + hot.j : hot.j };
}

function coloured() {
  const dark = state.theme.base === "dark", of = state.args.colours[dark ? "dark" : "light"], ground = state.theme.backgroundColor ?? "#FFFFFF";
  if (state.palette?.key !== ground + dark) state.palette = { ...palette(of), ground, text: state.theme.textColor ?? "#11151A", key: ground + dark };
  return state.palette;
}

function classColour(label) {
  const colours = coloured(), several = Boolean(state.to?.sure);
  return several || label > 1 ? colours.series[label % colours.series.length] : label ? colours.positive : colours.negative;
}

function drawScale(colours) {
  const root = find(".scale");
  root.hidden = Boolean(state.to?.sure);
  root.style.display = root.hidden ? "none" : "";
  const bar = document.createElement("b");
  bar.style.background = `linear-gradient(to right, ${colours.css(1)}, ${colours.css(128)}, ${colours.css(255)})`;
  root.replaceChildren(bar, ...["−1", "0", "+1"].map((words) => Object.assign(document.createElement("span"), { textContent: words })));
}

function looked(look) {
  state.look = look;
  tell({ do: "look", ...look });
  state.layout = "";
  layout();
  kick();
}

function press(at, j) {
  if (at === 0) return tell({ do: "feature", feature: j });
  open({ at, j });
}

function open(card) {
  const left = state.card;
  state.card = card;
  drawCard(over, state.args, state.place, state.shown, state.links, card, { tell, close: () => open(null) });
  // The keyboard goes on where it was.
  if (!card && left) [...over.querySelectorAll(".node")].find((node) => node.dataset.key === `${left.at},${left.j}`)?.focus();
}

function point(hot) {
  state.hot = state.card ? null : hot;
  kick();
}

canvas.addEventListener("pointermove", (event) => {
  if (!state.place || state.card) return;
  const link = under(state.place.columns, state.links, event.offsetX, event.offsetY);
  canvas.style.cursor = link ? "pointer" : "";
  state.hot = link ? { link } : null;
  const value = link && state.shown.weights[link.number];
  drawTip(over, link && `${state.args.words.weight} ${value.toFixed(3)}`, event.offsetX, event.offsetY, state.place.room);
  kick();
});
canvas.addEventListener("pointerleave", () => (point(null), drawTip(over)));
canvas.addEventListener("pointerdown", (event) => {
  const link = under(state.place.columns, state.links, event.offsetX, event.offsetY);
  drawTip(over);
  open(link ? { at: link.at, j: link.j, link: link.number } : null);
});

// Points by hand: in the picture they lie between -1 and 1, which is less than what it shows.
const REACH = 1.2, PIXELS = 8, WAIT_MS = 350;
const ownPoints = () => Int8Array.from(state.own.flatMap(([x, y, label]) => [(x / REACH) * 127, (y / REACH) * 127, label, 0].map(Math.round)));
surface.addEventListener("pointerdown", (event) => {
  if (!state.own) return;
  const at = (value) => Math.round(Math.max(-1, Math.min(1, ((value / state.side) * 2 - 1) * REACH)) * 100) / 100;
  const x = at(event.offsetX), y = -at(event.offsetY), near = (PIXELS / state.side) * 2 * REACH;
  const found = state.own.findIndex(([px, py]) => Math.hypot(px - x, py - y) < near);
  if (found >= 0) set(state.own.filter((_, number) => number !== found));
  else if (state.own.length < state.args.limits.points) set([...state.own, [x, y, state.chosen]]);
});
const clear = () => set([]);
function choose(label) {
  state.chosen = label;
  layout();
}
function set(points) {
  state.own = points;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    state.timer = 0;
    tell({ do: "points", points: state.own, chosen: state.chosen });
  }, WAIT_MS);
  state.layout = "";
  layout();
  kick();
}

window.addEventListener("message", ({ source, data }) => {
  if (source === window.parent && data.type === "streamlit:render") received(data.args, data.theme);
});
const again = () => state.args && (layout(), kick());
addEventListener("resize", again);
window.parent.addEventListener("resize", again);
const page = window.frameElement?.closest("[data-testid=stMainBlockContainer]");
if (page) new ResizeObserver(again).observe(page);  // what stands above has grown or gone
post("streamlit:componentReady", { apiVersion: 1 });
