// Looks for the number whose digest begins as the challenge asks (ALTCHA's scheme for SHA-256).

import { hex, sha256 } from "./sha256.js";

function bytes(digits) {
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

function solve({ nonce, salt, cost, keyPrefix }) {
  const start = [...bytes(salt), ...bytes(nonce)];
  const message = new Uint8Array(start.length + 4);
  message.set(start);
  const number = new DataView(message.buffer, start.length);
  for (let counter = 0; counter < 2 ** 32; counter += 1) {
    number.setUint32(0, counter);
    let words = sha256(message);
    for (let i = 1; i < cost; i += 1) words = sha256(bytes(hex(words)));
    const derivedKey = hex(words);
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
  return null;
}

self.onmessage = ({ data }) => self.postMessage(solve(data));
