package dev.livefeed.protocol.status;

/**
 * Which connection of a connector a status is about.
 *
 * @param url its address, or null
 * @param connection its name, or null if the connector has only one
 * @param connections how many there are, or null
 * @param open how many of them are open, or null
 */
public record ConnectionInfo(String url, String connection, Long connections, Long open) {

    /** Of a connector that has only one connection and says no more about it. */
    public static final ConnectionInfo NONE = new ConnectionInfo(null, null, null, null);

    /** Whether it says that connections are open. */
    public boolean someOpen() {
        return open != null && open > 0;
    }

    /** Whether it says that all connections are open. */
    public boolean allOpen() {
        return open != null && connections != null && open >= connections;
    }

    /** Whether it says that connections are down. */
    public boolean someDown() {
        return open != null && connections != null && open < connections;
    }
}
