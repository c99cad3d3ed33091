/** The public streams of the local exchange: topics, pushed frames and answers to requests. */
package dev.livefeed.exchange.stream;
