/**
 * The local exchange as a command: a Bybit V5 server on loopback for the demo, the tests and the benchmarks. All
 * its data is synthetic.
 */
package dev.livefeed.exchange;
