package dev.livefeed.app.api.contract;

import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.protocol.model.InstrumentId;

/** A request that is answered with an error: the HTTP status and the reason that the answer shows. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    public ApiException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    /** 400: a parameter or a field has a value that the rule does not allow. */
    public static ApiException bad(String name, String value, String rule) {
        return new ApiException(400, name + " is \"" + SafeText.shown(value) + "\"; it must be " + rule);
    }

    /** 404: the program receives no data of the symbol. */
    public static ApiException unknown(InstrumentId instrument) {
        return new ApiException(
                404,
                "nothing has been heard of " + (instrument.venue() == null ? instrument : instrument.symbol())
                        + "; the symbols are those of the setting SYMBOL");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
