// @ts-check
import { parse } from "./exact.js";

/**
 * Sends a request that changes something on paper.
 * @param {"POST"|"DELETE"} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>} the response
 * @throws {Error} with the reason of a refusal
 */
export async function send(method, path, body) {
  return answered(
    await fetch(path, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
  );
}

/**
 * Reads what the stream does not have.
 * @param {string} path
 * @returns {Promise<any>} the response
 * @throws {Error} with the reason of a refusal
 */
export async function read(path) {
  return answered(await fetch(path, { headers: { Accept: "application/json" } }));
}

/** @param {Response} response */
async function answered(response) {
  const text = await response.text();
  let answer;
  try {
    answer = parse(text);
  } catch {
    throw new Error(`the program answered with status ${response.status}`);
  }
  if (!response.ok) {
    throw new Error(answer.error ?? `the program answered with status ${response.status}`);
  }
  return answer;
}
