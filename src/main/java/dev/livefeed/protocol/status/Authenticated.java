package dev.livefeed.protocol.status;

import java.util.List;

/**
 * The keys are accepted.
 *
 * @param url address of the stream, or null
 * @param topics private topics that are asked for, or null
 * @param synthetic whether the account is no real exchange's
 */
public record Authenticated(Head head, String url, List<String> topics, boolean synthetic, Extras extras)
        implements Status {

    public static final String STATUS = "authenticated";

    public Authenticated(Head head, String url, List<String> topics, boolean synthetic) {
        this(head, url, topics, synthetic, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.authenticated(this);
    }
}
