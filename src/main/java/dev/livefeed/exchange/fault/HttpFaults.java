package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.VenueRefusals;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Faults of handshakes and REST answers, with the venue's own codes and texts. */
public final class HttpFaults {

    private static final int RATE_LIMIT = 10006;
    private static final int TOO_MANY_REQUESTS = -1003;
    private static final int UNKNOWN_ERROR = -1000;

    private final FaultScheduler faults;

    public HttpFaults(FaultScheduler faults) {
        this.faults = faults;
    }

    /** The response that rejects a handshake; empty if it is accepted. */
    public Optional<RestResponse> handshake(ProductCategory category, String path) {
        return faults.takeDue(FaultKind.HANDSHAKE, category, path).map(fault -> refused(fault, path, 0));
    }

    /**
     * The response of the handler, replaced or delayed by a matching fault.
     *
     * @param category of the request; null if it has none
     */
    public RestResponse rest(ProductCategory category, String path, long now, Supplier<RestResponse> handler) {
        RestResponse response = faults.takeDue(FaultKind.REST, category, path)
                .map(fault -> refused(fault, path, now))
                .orElseGet(handler);
        return faults.takeDue(FaultKind.SLOW_REST, category, path)
                .map(fault -> response.delayed(Duration.ofMillis(fault.millis())))
                .orElse(response);
    }

    private static RestResponse refused(Fault fault, String path, long now) {
        return VenueRefusals.ofBybit(path) ? refusedByBybit(fault, now) : refusedByBinance(fault);
    }

    private static RestResponse refusedByBinance(Fault fault) {
        boolean tooMany = fault.status() == 429 || fault.status() == 418;
        int code = fault.code() != 0 ? fault.code() : tooMany ? TOO_MANY_REQUESTS : UNKNOWN_ERROR;
        String text = tooMany ? "Too many requests." : "An unknown error occurred while processing the request.";
        int status = fault.code() != 0 && fault.status() == 200 ? 400 : fault.status();
        return tooMany
                ? VenueRefusals.binance(status, code, text, Math.max(1, fault.millis() / 1000))
                : VenueRefusals.binance(status, code, text);
    }

    private static RestResponse refusedByBybit(Fault fault, long now) {
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
        return VenueRefusals.bybit(fault.status(), text);
    }
}
