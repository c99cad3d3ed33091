/** The proof: the Bybit connector against the local exchange under random faults, in compressed and in real time. */
package dev.livefeed.soak;
