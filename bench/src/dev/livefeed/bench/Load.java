package dev.livefeed.bench;

/**
 * Figures of a run under full load.
 *
 * @param firstEventMillis time from the start of the program to its first event
 * @param eventsPerSecond events at the probe
 * @param updatesPerSecond trades and book updates that those events represent
 * @param cpuMicrosPerEvent user and system time of all processes of the program
 * @param delivery what became of the whole feed
 */
record Load(
        double firstEventMillis,
        double eventsPerSecond,
        double updatesPerSecond,
        double cpuMicrosPerEvent,
        Delivery delivery,
        Memory application,
        Memory connector) {

    /**
     * Resident memory of a process, MiB.
     *
     * @param first at the first event
     * @param last at the end of the load
     * @param peak maximum
     */
    record Memory(double first, double last, double peak) {}
}
