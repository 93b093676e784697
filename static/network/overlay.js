// Real buttons, menus and fields over the drawing, so that the keyboard and screen readers reach all of it.
const made = (tag, name, words) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (words !== undefined) node.textContent = words;
  return node;
};
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const at = (node, x, y, width, height) => {
  Object.assign(node.style, { left: `${x}px`, top: `${y}px` });
  if (width) node.style.width = `${width}px`;
  if (height) node.style.height = `${height}px`;
  return node;
};
const button = (name, words, label, press) => {
  const node = made("button", name, words);
  node.type = "button";
  node.setAttribute("aria-label", label);
  node.title = label;
  node.onclick = press;
  return node;
};

export function nameOf(args, column, j) {
  const { words } = args;
  if (column === 0) return filled(words.feature, { name: args.features[j][0] });
  if (column > args.layers.length) return args.several ? filled(words.class, { n: j + 1 }) : words.output;
  return filled(words.neuron, { i: column, j: j + 1 });
}

// The row above the network: how many layers there are.
export function drawStack(root, args, tell) {
  const n = args.layers.length, { words } = args;
  const said = n === 0 ? words.none : n === 1 ? words.one : filled(words.layers, { n });
  const fewer = button("pm", "−", words.remove, () => tell({ do: "layers", by: -1 }));
  const more = button("pm", "+", words.add, () => tell({ do: "layers", by: 1 }));
  fewer.disabled = n === 0;
  more.disabled = n >= args.limits.layers;
  root.replaceChildren(...(hides(args, "layers") ? [made("span", "", said)] : [fewer, made("span", "", said), more]));
}

const hides = (args, name) => args.look.hide.includes(name);

// Everything that stands over the canvas; drawn anew only when the network itself is another one.
export function drawOverlay(root, args, place, act) {
  const kept = document.activeElement?.dataset?.key;
  const nodes = [], { columns } = place, { words } = args, top = 8;
  const first = columns[0];
  nodes.push(at(made("div", "title", words.features), 0, top + 3));
  const last = columns[columns.length - 1];
  const title = at(made("div", "title", words.output), 0, top + 3);
  Object.assign(title.style, { left: "auto", right: "0" });
  nodes.push(title);
  args.layers.forEach(([units, activation], layer) => {
    const column = columns[layer + 1], middle = column.x + column.side / 2;
    const head = at(made("div", "head"), middle - 42, top, 84);
    const fewer = button("pm", "−", filled(words.fewer, { n: layer + 1 }), () => act.tell({ do: "units", layer, by: -1 }));
    const more = button("pm", "+", filled(words.more, { n: layer + 1 }), () => act.tell({ do: "units", layer, by: 1 }));
    fewer.disabled = units <= 1;
    more.disabled = units >= args.limits.units;
    fewer.dataset.key = `fewer-${layer}`;
    more.dataset.key = `more-${layer}`;
    head.append(...(hides(args, "layers") ? [made("span", "", units)] : [fewer, made("span", "", units), more]));
    nodes.push(head, at(chooser(args, layer, activation, act), middle - 42, top + 26, 84));
    if (args.dropout) nodes.push(at(made("div", "plain", filled(words.dropout, { rate: args.dropout })), middle - 42, place.height - 18, 84));
  });
  columns.forEach((column, number) => {
    for (let j = 0; j < column.n; j++) {
      const name = nameOf(args, number, j), key = `${number},${j}`;
      const node = at(button("node", "", name, () => act.press(number, j)), column.x, column.y[j], column.side, column.side);
      node.dataset.key = key;
      if (number === 0) {
        node.title = args.features[j][1];
        node.setAttribute("aria-pressed", args.on.includes(j));
        node.disabled = hides(args, "features");
      }
      node.onpointerenter = () => act.point({ at: number, j });
      node.onfocus = () => node.matches(":focus-visible") && act.point({ at: number, j });
      node.onpointerleave = node.onblur = () => act.point(null);
      nodes.push(node);
    }
  });
  first.y.forEach((y, j) => {
    const label = made("div", args.on.includes(j) ? "label" : "label off", args.features[j][0]);
    nodes.push(at(label, 0, y + first.side / 2 - 9, first.x - 8));
  });
  if (args.several) last.y.forEach((y, j) => nodes.push(at(made("div", "label", j + 1), last.x + last.side + 4, y + last.side / 2 - 9, 12)));
  root.replaceChildren(...nodes);
  if (kept) [...root.querySelectorAll("[data-key]")].find((node) => node.dataset.key === kept)?.focus();
}

function chooser(args, layer, activation, act) {
  const label = filled(args.words.activation, { n: layer + 1 });
  if (hides(args, "activation")) return made("div", "plain", activation);
  const menu = made("select", "act");
  menu.setAttribute("aria-label", label);
  menu.title = label;
  menu.dataset.key = `activation-${layer}`;
  menu.append(...args.activations.map(([value, words]) => new Option(words, value, false, value === activation)));
  menu.onchange = () => act.tell({ do: "activation", layer, name: menu.value });
  return menu;
}

// A field for every weight into a neuron and its bias, or for one link alone.
export function drawCard(root, args, place, shown, links, card, act) {
  root.querySelector(".card")?.remove();
  if (!card) return;
  const { words, limits } = args, column = place.columns[card.at];
  const box = made("div", "card");
  const heading = made("h2", "", nameOf(args, card.at, card.j));
  heading.append(button("pm", "×", words.close, () => act.close()));
  box.append(heading);
  const field = (label, value, change) => {
    const row = made("label", "", label), input = made("input");
    Object.assign(input, { type: "number", step: 0.1, min: -limits.weight, max: limits.weight, value: +value.toFixed(4) });
    let told = input.valueAsNumber;
    const tell = () => Number.isFinite(input.valueAsNumber) && input.valueAsNumber !== told && change((told = input.valueAsNumber));
    input.onchange = tell;
    input.onkeydown = (event) => (event.key === "Escape" ? act.close() : event.key === "Enter" && tell());
    row.append(input);
    box.append(row);
  };
  const edit = (source) => (value) => act.tell({ do: "edit", layer: card.at - 1, neuron: card.j, source, value });
  if (card.link === undefined) field(words.bias, shown.biases[column.first + card.j], edit(null));
  for (const link of links) {
    if (link.at !== card.at || link.j !== card.j || (card.link !== undefined && link.number !== card.link)) continue;
    field(`${words.weight} · ${nameOf(args, card.at - 1, link.p)}`, shown.weights[link.number], edit(link.source));
  }
  root.append(box);
  const x = Math.min(column.x + column.side + 10, place.room - box.offsetWidth - 4);
  const left = x < column.x + column.side && column.x > box.offsetWidth + 12 ? column.x - box.offsetWidth - 12 : x;
  at(box, Math.max(0, left), Math.max(0, Math.min(column.y[card.j], place.height - box.offsetHeight - 4)));
  box.querySelector("input")?.focus();
  box.querySelector("input")?.select();
}

export function drawTip(root, words, x, y, room) {
  let tip = root.querySelector(".tip");
  if (!words) return tip?.remove();
  if (!tip) root.append((tip = made("div", "tip")));
  if (tip.textContent !== words) tip.textContent = words;
  at(tip, Math.max(0, Math.min(x + 12, room - tip.offsetWidth)), Math.max(0, y - 38));
}

export function drawNumbers(root, words, values, colours, isRich) {
  if (!root.children.length) {
    root.append(...values.map(() => (((box) => (box.append(made("dt"), made("dd")), box))(made("div")))));
  }
  values.forEach(([name, value, of], n) => {
    const [term, said] = root.children[n].children;
    if (said.textContent !== value) said.textContent = value;
    if (term.dataset.name === name && term.dataset.colour === (of === null ? "" : colours.series[of])) return;
    term.replaceChildren(name);
    Object.assign(term.dataset, { name, colour: of === null ? "" : colours.series[of] });
    if (of !== null) {
      const key = made("i");
      key.style.borderColor = colours.series[of];
      key.style.borderTopStyle = of ? "dashed" : "solid";
      term.prepend(key);
    }
  });
}

export function drawMarks(root, args, look, change) {
  const both = [["test", "show", args.words.show], ["discretise", "discretise", args.words.discretise]];
  root.replaceChildren(...both.filter(([, name]) => !hides(args, name)).map(([name, , words]) => {
    const label = made("label"), box = made("input");
    Object.assign(box, { type: "checkbox", checked: look[name] });
    box.onchange = () => change({ ...look, [name]: box.checked });
    label.append(box, words);
    return label;
  }));
}

export function drawClasses(root, args, chosen, colours, act) {
  if (!args.own) return root.replaceChildren();
  const names = Array.from({ length: 5 }, (_, label) => label);
  const count = made("span", "", filled(args.words.count, { n: args.own.length }));
  root.setAttribute("aria-label", args.words.chosen);
  root.replaceChildren(...names.map((label) => {
    const node = button("", "", filled(args.words.class, { n: label + 1 }), () => act.choose(label));
    const mark = made("i");
    mark.style.background = act.colour(label);
    node.setAttribute("role", "radio");
    node.setAttribute("aria-checked", label === chosen);
    node.append(mark, String(label + 1));
    return node;
  }), button("clear", args.words.clear, args.words.clear, () => act.clear()), count);
}
