package dev.livefeed.bench;

/**
 * Figures of the connector process on its own at a steady rate.
 *
 * @param eventsPerSecond printed lines of market data
 * @param cores user and system time divided by elapsed time; 1 is a full core
 * @param delivery what became of the whole feed
 */
record ConnectorLoad(double eventsPerSecond, double cores, Delivery delivery, Load.Memory memory) {}
