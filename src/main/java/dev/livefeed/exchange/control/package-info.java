/** Commands that the venue does not have: faults to inject, and the true state to compare with. */
package dev.livefeed.exchange.control;
