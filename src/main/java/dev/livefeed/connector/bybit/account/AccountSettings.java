package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.bybit.site.SiteHosts;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import dev.livefeed.connector.session.SessionTimeouts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of the private stream.
 *
 * @param credentials null if no usable keys are set
 * @param keyFault why the keys cannot be used, or null; names the variables, never their values
 * @param uri address of the private stream
 * @param topics topics to subscribe; without any, the stream is not opened
 * @param retry time between two attempts with refused keys
 * @param ack timeout of a request
 * @param site which keys belong to the host of the stream; empty if that is not known
 */
public record AccountSettings(
        Credentials credentials,
        String keyFault,
        URI uri,
        List<PrivateTopic> topics,
        Duration retry,
        SessionTimeouts session,
        Duration ack,
        String site) {

    private static final String KEY = "BYBIT_API_KEY";
    private static final String SECRET = "BYBIT_API_SECRET";
    private static final List<String> ALL = List.of("order", "execution", "position", "wallet");

    /**
     * Reads the settings; faults are added to {@code settings}.
     *
     * @param hosts the hosts of the streams
     */
    public static AccountSettings read(
            ConnectorSettings settings, SiteHosts hosts, SessionTimeouts session, Duration ack) {
        String key = settings.secret(KEY, "apikey");
        String secret = settings.secret(SECRET, "secret");
        String fault = fault(key, secret);
        boolean usable = fault == null && !key.isEmpty();
        return new AccountSettings(
                usable ? new Credentials(key, secret) : null,
                fault,
                URI.create(hosts.privateStream() + "/v5/private"),
                topics(settings),
                settings.millis("private_retry_ms", Duration.ofHours(1)),
                session,
                ack,
                hosts.keys());
    }

    private static String fault(String key, String secret) {
        if (key.isEmpty() != secret.isEmpty()) {
            String set = key.isEmpty() ? SECRET : KEY;
            String missing = key.isEmpty() ? KEY : SECRET;
            return "only " + set + " is set and " + missing + " is not";
        }
        if (!Credentials.possible(key) || !Credentials.possible(secret)) {
            return (Credentials.possible(key) ? SECRET : KEY)
                    + " contains characters that do not occur in the venue's keys";
        }
        return null;
    }

    private static List<PrivateTopic> topics(ConnectorSettings settings) {
        List<PrivateTopic> topics = new ArrayList<>();
        for (String text : settings.texts("private_topics", ALL)) {
            PrivateTopic topic = PrivateTopic.of(text).orElse(null);
            if (topic == null) {
                settings.fault("private_topics", null, "contains \"" + text + "\", must be " + PrivateTopic.RULE);
                continue;
            }
            topics.stream()
                    .filter(topic::overlaps)
                    .findFirst()
                    .ifPresent(other -> settings.fault(
                            "private_topics",
                            null,
                            "contains " + other + " and " + topic + ", which have the same rows; remove one"));
            topics.add(topic);
        }
        return List.copyOf(topics);
    }

    /** Whether there is a stream to open. */
    boolean usable() {
        return credentials != null && !topics.isEmpty();
    }
}
