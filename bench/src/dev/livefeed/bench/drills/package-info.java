/** Drills: faults are injected into the packed application, and what it has promised is checked. */
package dev.livefeed.bench.drills;
