package dev.livefeed.bench;

/**
 * Figures of one run under load.
 *
 * @param firstEventMillis from the start of the program to its first event
 * @param eventsPerSecond events that came to the step behind the routes
 * @param updatesPerSecond trades and book updates that those events stand for
 * @param cpuMicrosPerEvent user and system time of all processes of the program
 * @param faults places where events were missing, came twice or out of order: 0, or as many as the connector announced
 */
record Load(
        double firstEventMillis,
        double eventsPerSecond,
        double updatesPerSecond,
        double cpuMicrosPerEvent,
        double faults,
        Memory application,
        Memory connector) {

    /**
     * Resident memory of a process, MiB.
     *
     * @param first with the first event
     * @param last at the end of the load
     * @param peak the most there was
     */
    record Memory(double first, double last, double peak) {}
}
