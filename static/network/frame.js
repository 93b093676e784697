// What the page sends as bytes: `u32 n | n bytes of JSON | arrays, each padded to 4`, little-endian. And its colours.
const KINDS = { u1: Uint8Array, i1: Int8Array, f4: Float32Array };
const text = new TextDecoder();

export function decoded(bytes) {
  if (!bytes || !bytes.length) return null;
  const data = bytes.byteOffset % 4 ? bytes.slice() : bytes;
  const size = new DataView(data.buffer, data.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(text.decode(data.subarray(4, 4 + size)));
  let at = 4 + size;
  const arrays = {};
  for (const [name, kind, shape] of header.arrays) {
    const of = KINDS[kind.slice(1)], count = shape.reduce((n, side) => n * side, 1);
    arrays[name] = new of(data.buffer, data.byteOffset + at, count);
    arrays[name].shape = shape;
    at += Math.ceil((count * of.BYTES_PER_ELEMENT) / 4) * 4;
  }
  return { ...header, ...arrays };
}

export const same = (a, b) => a && b && a.length === b.length && a.every((value, at) => value === b[at]);

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mix = (a, b, share) => a.map((value, at) => Math.round(value + (b[at] - value) * share));
const packed = ([r, g, b]) => (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
const STRONG = 0.94;

// For a byte from 1 to 255 the colour of -1 to 1; for a class and how sure it is, 0 to 255, that of the class.
export function palette(colours) {
  const middle = rgb(colours.middle), ends = [rgb(colours.negative), rgb(colours.positive)];
  const signed = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const value = Math.max(-1, (byte - 128) / 127);
    signed[byte] = packed(mix(middle, ends[value > 0 ? 1 : 0], Math.abs(value) * STRONG));
  }
  const series = colours.series.map(rgb);
  return {
    ...colours,
    signed,
    of: (kind, sure) => packed(mix(middle, series[kind % series.length], 0.12 + 0.72 * (sure / 255))),
    css: (byte) => { const c = signed[Math.round(byte)]; return `rgb(${c & 255},${(c >> 8) & 255},${(c >> 16) & 255})`; },
  };
}

// A canvas of n by n cells, to be drawn larger.
export function cells(n) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = n;
  const pen = canvas.getContext("2d"), image = pen.createImageData(n, n);
  return { canvas, pixels: new Uint32Array(image.data.buffer), put: () => pen.putImageData(image, 0, 0) };
}

export function sized(canvas, width, height) {
  const scale = devicePixelRatio || 1, pen = canvas.getContext("2d");
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== h) {
    Object.assign(canvas, { width: w, height: h });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}
