/** Soak test of the Bybit connector with the local exchange under random faults, in simulated and in real time. */
package dev.livefeed.soak;
