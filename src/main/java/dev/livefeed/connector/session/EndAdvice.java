package dev.livefeed.connector.session;

import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The likely cause of a rejected handshake or a closed connection, and what to do; the texts are the venue's. */
public final class EndAdvice {

    private static final Pattern CLOSED = Pattern.compile("closed by the other side with (\\d{4})\\b.*");

    private final IntFunction<String> ofStatus;
    private final IntFunction<String> ofClose;

    /**
     * @param ofStatus advice for the HTTP status of a rejected handshake, or null
     * @param ofClose advice for the code of a close frame, or null
     */
    public EndAdvice(IntFunction<String> ofStatus, IntFunction<String> ofClose) {
        this.ofStatus = ofStatus;
        this.ofClose = ofClose;
    }

    /**
     * Adds the likely cause to the reason, if there is one.
     *
     * @param reason of the end of a connection
     * @param httpStatus of a rejected handshake, otherwise 0
     */
    public String addTo(String reason, int httpStatus) {
        Matcher closed = CLOSED.matcher(reason);
        String advice = httpStatus > 0
                ? ofStatus.apply(httpStatus)
                : closed.matches() ? ofClose.apply(Integer.parseInt(closed.group(1))) : null;
        return advice == null ? reason : reason + ": " + advice;
    }
}
