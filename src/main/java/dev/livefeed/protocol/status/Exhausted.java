package dev.livefeed.protocol.status;

/**
 * A round of starts is used up. The application says it; the reason is how the last process failed.
 */
public record Exhausted(Head head, Extras extras) implements Status {

    public static final String STATUS = "exhausted";

    public Exhausted(Head head) {
        this(head, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.exhausted(this);
    }
}
