package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Faults of handshakes and REST answers, with the venue's own codes and texts. */
public final class HttpFaults {

    private static final int RATE_LIMIT = 10006;
    private static final Pattern BINANCE = Pattern.compile("/f?api/");
    private static final int TOO_MANY_REQUESTS = -1003;
    private static final int UNKNOWN_ERROR = -1000;

    private final FaultScheduler faults;

    public HttpFaults(FaultScheduler faults) {
        this.faults = faults;
    }

    /** The response that rejects a handshake; empty if it is accepted. */
    public Optional<RestResponse> handshake(ProductCategory category, String path) {
        return faults.takeDue(FaultKind.HANDSHAKE, category, path).map(fault -> refused(fault, 0));
    }

    /** The response of the handler, replaced or delayed by a matching fault. */
    public RestResponse rest(String path, long now, Supplier<RestResponse> handler) {
        RestResponse response = faults.takeDue(FaultKind.REST, null, path)
                .map(fault -> BINANCE.matcher(path).lookingAt() ? refusedByBinance(fault) : refused(fault, now))
                .orElseGet(handler);
        return faults.takeDue(FaultKind.SLOW_REST, null, path)
                .map(fault -> response.delayed(Duration.ofMillis(fault.millis())))
                .orElse(response);
    }

    private static RestResponse refusedByBinance(Fault fault) {
        boolean tooMany = fault.status() == 429 || fault.status() == 418;
        int code = fault.code() != 0 ? fault.code() : tooMany ? TOO_MANY_REQUESTS : UNKNOWN_ERROR;
        String text = tooMany ? "Too many requests." : "An unknown error occurred while processing the request.";
        Map<String, String> headers =
                tooMany ? Map.of("Retry-After", Long.toString(Math.max(1, fault.millis() / 1000))) : Map.of();
        return new RestResponse(
                fault.code() != 0 && fault.status() == 200 ? 400 : fault.status(),
                "{\"code\":" + code + ",\"msg\":\"" + text + "\"}",
                headers,
                Duration.ZERO);
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
