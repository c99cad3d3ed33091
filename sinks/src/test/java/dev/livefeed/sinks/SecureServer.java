package dev.livefeed.sinks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server that asks for a login, and has TLS if it can. */
interface SecureServer extends SinkServer {

    /** Whether it has TLS. */
    default boolean hasTls() {
        return true;
    }

    /** The variable of the password or token. */
    String secret();

    /** A pattern of what the sink reports with another one. */
    String loginFailure();

    /** Settings in place of those that trust the server's authority; empty if that is an option of the JVM. */
    default Map<String, String> untrusted() {
        return Map.of();
    }

    /** Settings with an address that the server's certificate does not name. */
    default Map<String, String> otherName() {
        return settings().entrySet().stream()
                .filter(setting -> setting.getValue().contains("127.0.0.1"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().replace("127.0.0.1", "localhost")));
    }

    /** What must be found nowhere. */
    default List<String> secrets() {
        return List.of(settings().get(secret()), wrong());
    }

    /** Another password than the right one. */
    default String wrong() {
        return "not/the:right@one";
    }
}
