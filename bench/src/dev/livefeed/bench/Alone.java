package dev.livefeed.bench;

/**
 * Figures of the connector process by itself at a steady rate.
 *
 * @param eventsPerSecond lines of market data it printed
 * @param cores user and system time by the time that passed: 1 is a whole core
 * @param faults places where events were missing, came twice or out of order
 */
record Alone(double eventsPerSecond, double cores, double faults, Load.Memory memory) {}
