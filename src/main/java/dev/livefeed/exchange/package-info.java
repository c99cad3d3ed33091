/** The local exchange: a Bybit V5 server on loopback for the demo, the tests and the benchmarks. All its data is made up. */
package dev.livefeed.exchange;
