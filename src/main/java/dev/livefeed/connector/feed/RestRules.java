package dev.livefeed.connector.feed;

import dev.livefeed.connector.session.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A venue's REST interface: where it is, and what its answers mean. */
public interface RestRules {

    /** Base address, or null if REST is not used. */
    URI base();

    /** Time limit of a request. */
    Duration timeout();

    /** Path of the request for the venue's time. */
    String clockPath();

    /**
     * Reads the answer to {@link #clockPath}.
     *
     * @return microseconds since 1970
     * @throws IOException if the answer has no time
     */
    long clockMicros(byte[] body) throws IOException;

    /** @param nowMicros the venue's clock as far as it is known, for answers with an absolute time */
    Outcome judge(HttpAnswer answer, long nowMicros);

    /**
     * What an answer means.
     *
     * @param failure null if its body can be used
     * @param reason why it cannot be used, for messages; null if it can
     * @param pause whether requests must pause
     */
    record Outcome(RestFailure failure, String reason, Pause pause) {

        /** A usable answer. */
        public static final Outcome GOOD = new Outcome(null, null, Pause.NONE);
    }

    /**
     * The pause of all requests that an answer demands.
     *
     * @param reason for messages; null if there is none
     * @param growing whether it lasts longer each time, from a second to a minute
     * @param atLeast shortest time
     */
    record Pause(String reason, boolean growing, Duration atLeast) {

        public static final Pause NONE = new Pause(null, false, Duration.ZERO);
    }
}
