/** The public streams of the local exchange: topics, what is pushed on them, answers to requests. */
package dev.livefeed.exchange.stream;
