import assert from "node:assert/strict";
import { test } from "node:test";
import * as exact from "../../../main/web/exact.js";

const { age, average, clock, fixed, gain, grouped, millis, padded, parse, places, signed } = exact;

test("decimals keep all their digits", () => {
  const m = parse('{"price":83010.80,"qty":0.000,"small":1e-7,"seq":17957885790907,"long":1234567890123456789,"n":-5}');

  assert.deepEqual(m, {
    price: "83010.80",
    qty: "0.000",
    small: "1e-7",
    seq: 17957885790907,
    long: "1234567890123456789",
    n: -5,
  });
});

test("numbers inside of texts are left alone", () => {
  const text = 'stopped: 1.50, "quoted 2.50", \\ 3.5';

  assert.equal(parse(JSON.stringify({ reason: text })).reason, text);
});

test("an invalid message is an error", () => {
  assert.throws(() => parse('{"price":83010.80'), SyntaxError);
});

test("thousands are separated, digits kept", () => {
  assert.equal(grouped("83010.80"), "83,010.80");
  assert.equal(grouped("-1234567.000000001"), "−1,234,567.000000001");
  assert.equal(grouped(12), "12");
  assert.equal(grouped("1e-7"), "1e-7");
  assert.equal(grouped(null), "–");
  assert.equal(signed("0.10"), "+0.10");
  assert.equal(signed("-0.10"), "−0.10");
  assert.equal(fixed("2.345", 1), "2.3");
  assert.equal(fixed(NaN, 1), "–");
  assert.equal(places("83010.80"), 2);
  assert.equal(places(undefined), 0);
});

test("computed numbers are rounded, and zero has no sign", () => {
  assert.equal(fixed(-0.004, 2), "0.00");
  assert.equal(fixed(-0.4, 0), "0");
  assert.equal(gain("1234.567"), "+1,234.57");
  assert.equal(gain("-0.001"), "0.00");
  assert.equal(gain("0.001"), "0.00");
  assert.equal(gain("-2.5", 3), "−2.500");
  assert.equal(gain(null), "–");
  assert.equal(gain(NaN), "–");
});

test("an average price is one digit finer than a price", () => {
  assert.equal(average("83012.345678901234", "83010.80"), "83,012.346");
  assert.equal(average("0.00001234567890", "0.00001234"), "0.000012346");
  assert.equal(average("83012.345678901234", undefined), "83,012.346");
  assert.equal(average(null, "1.0"), "–");
});

test("prices stand under each other", () => {
  assert.equal(padded("82986.5", 2), "82,986.50");
  assert.equal(padded("82986", 1), "82,986.0");
  assert.equal(padded("82986.555", 2), "82,986.555");
  assert.equal(padded(null, 2), "–");
});

test("ages and times are read by people", () => {
  assert.equal(age(-5), "0.0 s");
  assert.equal(age(9_940), "9.9 s");
  assert.equal(age(59_999), "59 s");
  assert.equal(age(200_000), "3 min 20 s");
  assert.equal(age(7_500_000), "2 h 5 min");
  assert.equal(clock("2026-11-27T14:09:45.238933580Z"), "14:09:45");
  assert.equal(clock(null), "–");
  assert.equal(millis("1795788595686.930"), 1795788595686.93);
});
