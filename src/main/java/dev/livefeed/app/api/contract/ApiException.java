package dev.livefeed.app.api.contract;

import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.List;
import java.util.stream.Collectors;

/** An HTTP error response: the status and the reason. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int MAX_NAMED = 10;

    private final int status;

    public ApiException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    /** 400: the value of a parameter or a field is not allowed. */
    public static ApiException bad(String name, String value, String rule) {
        return new ApiException(400, name + " is \"" + SafeText.shown(value) + "\"; it must be " + rule);
    }

    /** 400: the operation has no such parameter. */
    public static ApiException unknownParameter(String name, List<String> known) {
        return new ApiException(
                400,
                "parameter " + SafeText.shown(name) + " is unknown; "
                        + (known.isEmpty() ? "this path takes none" : "known are " + String.join(", ", known)));
    }

    /** 404: no data was received for the symbol. */
    public static ApiException unknown(InstrumentId instrument) {
        return new ApiException(
                404,
                "no data was received for " + instrument.market() + "; the symbols are those of the setting SYMBOL");
    }

    /** 404: a base coin of options has no data of its own, only its contracts have. */
    public static ApiException severalContracts(InstrumentId baseCoin, List<InstrumentId> contracts) {
        return new ApiException(
                404,
                baseCoin.symbol() + " stands for " + contracts.size()
                        + " contracts, which have their own data; name one of them: "
                        + contracts.stream()
                                .limit(MAX_NAMED)
                                .map(InstrumentId::symbol)
                                .collect(Collectors.joining(", "))
                        + (contracts.size() > MAX_NAMED ? ", ..." : ""));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
