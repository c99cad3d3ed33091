/** Commands to the local exchange that the venue does not have: faults to play, and the truth to compare with. */
package dev.livefeed.exchange.control;
