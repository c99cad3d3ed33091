package dev.livefeed.protocol.status;

/**
 * An instrument has ended at the exchange: its channels are unsubscribed and nothing more comes.
 *
 * @param category product category, or null
 * @param tradingStatus the exchange's last word about it, or null
 * @param deliveryTime when it ended, or null
 */
public record InstrumentEnded(Head head, String category, String tradingStatus, String deliveryTime, Extras extras)
        implements Status {

    public static final String STATUS = "ended";

    public InstrumentEnded(Head head, String category, String tradingStatus, String deliveryTime) {
        this(head, category, tradingStatus, deliveryTime, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.instrumentEnded(this);
    }
}
