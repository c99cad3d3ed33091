package dev.livefeed.app.api.response.control;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import java.util.List;

/**
 * A change of a source that was made.
 *
 * @param by how: {@code command} to the running connector, {@code restart} of it, {@code next-start} of one that does
 *     not run, or {@code nothing} if it was so already
 * @param subscriptions those that were added, with the connector's replies
 */
public record SourceChangeResponse(String by, List<AddedSubscription> subscriptions, SourceBody source) {

    /** @param state as in {@code subscriptions} of health */
    public record AddedSubscription(
            String channel, @JsonUnwrapped InstrumentBody instrument, String state, String reason) {}
}
