/** The public streams of the local exchange: topics, what is pushed on them, and the answers to requests. One thread owns it all. */
package dev.livefeed.exchange.stream;
