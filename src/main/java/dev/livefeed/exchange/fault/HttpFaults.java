package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.venue.ProductCategory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The faults of handshakes and REST answers, in the words the venue has for them. */
public final class HttpFaults {

    private static final int RATE_LIMIT = 10006;

    private final FaultScheduler board;

    public HttpFaults(FaultScheduler board) {
        this.board = board;
    }

    /** What a handshake is refused with, if it is. */
    public Optional<RestResponse> handshake(ProductCategory category, String path) {
        return board.answersWith(FaultKind.HANDSHAKE, category, path).map(fault -> refused(fault, 0));
    }

    /** The answer of a REST request, or what goes wrong with it. */
    public RestResponse rest(String path, long now, Supplier<RestResponse> answer) {
        RestResponse given = board.answersWith(FaultKind.REST, null, path)
                .map(fault -> refused(fault, now))
                .orElseGet(answer);
        return board.answersWith(FaultKind.SLOW_REST, null, path)
                .map(fault -> given.delayed(Duration.ofMillis(fault.millis())))
                .orElse(given);
    }

    private static RestResponse refused(Fault fault, long now) {
        if (fault.code() != 0) {
            String text = fault.code() == RATE_LIMIT ? "Too many visits!" : "error " + fault.code();
            Map<String, String> headers = fault.code() == RATE_LIMIT
                    ? Map.of("X-Bapi-Limit-Status", "0", "X-Bapi-Limit-Reset-Timestamp", Long.toString(now + 1000))
                    : Map.of();
            String body = "{\"retCode\":" + fault.code() + ",\"retMsg\":\"" + text
                    + "\",\"result\":{},\"retExtInfo\":{},\"time\":" + now + "}";
            return new RestResponse(fault.status(), body, headers, Duration.ZERO);
        }
        String text =
                switch (fault.status()) {
                    case 403 -> "access too frequent";
                    case 429 -> "system level frequency protection";
                    default -> "refused by a fault";
                };
        return new RestResponse(fault.status(), "{\"retCode\":" + fault.status() + ",\"retMsg\":\"" + text + "\"}");
    }
}
