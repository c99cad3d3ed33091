/**
 * The local exchange: a Bybit V5 server on loopback for the demo, the tests and the benchmarks. All of its data is
 * synthetic.
 */
package dev.livefeed.exchange;
