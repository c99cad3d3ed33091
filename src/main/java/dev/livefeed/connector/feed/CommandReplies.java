package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers commands with statuses and failures. */
public final class CommandReplies {

    private static final Logger LOG = LoggerFactory.getLogger(CommandReplies.class);
    private static final String REFUSED = "refused";

    private final VenueContext context;

    public CommandReplies(VenueContext context) {
        this.context = context;
    }

    private Head answer(Command command) {
        return new Head(context.connector(), command.symbol(), command.channel(), command.id(), null);
    }

    /**
     * The command has taken effect.
     *
     * @param since time from which on trades are complete, or null
     * @param stream the venue's name of the stream, or null
     * @param connection name of its connection, or null
     */
    public void subscribed(Command command, Instant since, String category, String stream, String connection) {
        context.outbox().status(new Subscribed(answer(command), since, category, stream, connection));
    }

    /** @param stream the venue's name of the unsubscribed stream, or null if there was none */
    public void unsubscribed(Command command, String category, String stream) {
        context.outbox().status(new Unsubscribed(answer(command), category, stream));
    }

    public void refuse(Command command, String text) {
        context.outbox()
                .failure(new Failure(
                        text, REFUSED, command.symbol(), command.category(), command.channel(), command.id(), false));
    }

    /** The instrument is not listed. */
    public void refuseUnknown(Command command, String category, String text) {
        context.figures().refused++;
        LOG.warn(
                "subscription_refused channel={} symbol={} reason=\"{}\"",
                command.channel(),
                InstrumentId.market(category, command.symbol()),
                text);
        refuse(command, text);
    }

    /** The venue has refused a stream that no command waits for. */
    public void refused(String text, String symbol, String category, String channel) {
        context.outbox().failure(new Failure(text, REFUSED, symbol, category, channel, null, false));
    }

    /** The trades that the command asks for since a time cannot be fetched. */
    public void tradesNotFetched(Command command, String category, String channel, String why) {
        if (command.since() >= 0) {
            context.figures().tradeGaps++;
            context.outbox()
                    .status(new Gap(
                            Head.of(context.connector(), command.symbol(), channel, why),
                            category,
                            Times.instant(command.since()),
                            Times.instant(Math.max(command.since(), context.exchangeMicros())),
                            null));
        }
    }
}
