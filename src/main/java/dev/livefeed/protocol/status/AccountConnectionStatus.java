package dev.livefeed.protocol.status;

import java.util.List;

/** Statuses of the connection to the user's own account. */
public sealed interface AccountConnectionStatus extends Status {

    /**
     * The connection to the account's own stream is open and the keys are being presented.
     *
     * @param url address of the stream, or null
     */
    record Authenticating(Head head, String url, Extras extras) implements AccountConnectionStatus {

        public static final String STATUS = "authenticating";

        public Authenticating(Head head, String url) {
            this(head, url, Extras.NONE);
        }

        @Override
        public String status() {
            return STATUS;
        }

        @Override
        public <R> R accept(StatusVisitor<R> visitor) {
            return visitor.authenticating(this);
        }
    }

    /**
     * The keys are accepted.
     *
     * @param url address of the stream, or null
     * @param topics private topics that are asked for, or null
     * @param synthetic whether the account is no real exchange's
     */
    record Authenticated(Head head, String url, List<String> topics, boolean synthetic, Extras extras)
            implements AccountConnectionStatus {

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

    /**
     * The account's own stream is lost; says nothing of the market data.
     *
     * @param url address of the stream, or null
     * @param attempt how often it was tried in a row, or null
     * @param retryInMs until it is tried again, or null
     */
    record PrivateDisconnected(Head head, String url, Long attempt, Long retryInMs, Extras extras)
            implements AccountConnectionStatus {

        public static final String STATUS = "private_disconnected";

        public PrivateDisconnected(Head head, String url, Long attempt, Long retryInMs) {
            this(head, url, attempt, retryInMs, Extras.NONE);
        }

        @Override
        public String status() {
            return STATUS;
        }

        @Override
        public <R> R accept(StatusVisitor<R> visitor) {
            return visitor.privateDisconnected(this);
        }
    }
}
