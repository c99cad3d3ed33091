package dev.livefeed.connector.history;

/** A history command that is not accepted; the message says why. */
public final class HistoryRefusedException extends Exception {

    /** The command cannot be answered as it is. */
    public static final String REFUSED = "refused";

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code of the error: {@link #REFUSED}, or {@code unsupported} if there is no such history at all */
    public HistoryRefusedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
