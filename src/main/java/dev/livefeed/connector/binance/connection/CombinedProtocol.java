package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.CombinedFrameParser;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.binance.venue.RefusalAdvice;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.connection.LinkProtocol;
import dev.livefeed.connector.feed.connection.StreamLink;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The venue's combined streams. */
final class CombinedProtocol implements LinkProtocol<VenueStream> {

    private static final int SAMPLE = 200;

    /** Keeps a message below 4 KiB, the size up to which the venue accepts one. */
    private static final int MAX_CHARS = 3_500;

    private static final int MAX_STREAMS = 200;

    private final BinanceSettings settings;
    private final CombinedFrameParser parser = new CombinedFrameParser();
    private final CombinedFrame frame = new CombinedFrame();

    CombinedProtocol(BinanceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void frame(StreamLink<VenueStream> link, byte[] bytes, int offset, int length, long receivedAt) {
        String why = parser.parse(bytes, offset, length, receivedAt, link.streams(), frame);
        if (why != null) {
            link.unreadable(frame.stream, parser.reason(), why, sample(bytes, offset, length));
            return;
        }
        switch (frame.kind) {
            case DATA -> data(link, bytes, offset, length, receivedAt);
            case UNKNOWN_STREAM -> link.unknownStream();
            case REPLY -> link.answered(frame.replyTo, frame.error);
            case SHUTDOWN -> link.shutdownAnnounced();
        }
    }

    private static String sample(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, Math.min(length, SAMPLE), StandardCharsets.UTF_8);
    }

    private void data(StreamLink<VenueStream> link, byte[] bytes, int offset, int length, long receivedAt) {
        VenueStream stream = frame.stream;
        if (link.data(stream)) {
            stream.frame(frame, receivedAt, link.synthetic());
            if (frame.unread.noteworthy()) {
                link.read(stream, frame.unread, frame.mostlyUnread(), () -> sample(bytes, offset, length));
            } else {
                link.read(stream);
            }
        }
    }

    @Override
    public String request(boolean subscribe, List<VenueStream> streams, long id) {
        StringBuilder text = new StringBuilder(64 + streams.size() * 32)
                .append("{\"method\":\"")
                .append(subscribe ? "SUBSCRIBE" : "UNSUBSCRIBE")
                .append("\",\"params\":[");
        // Names need no escaping, since their symbols have been checked.
        for (int i = 0; i < streams.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(streams.get(i)).append('"');
        }
        return text.append("],\"id\":").append(id).append('}').toString();
    }

    @Override
    public RequestLimits limits() {
        return new RequestLimits(settings.market().messagesPerSecond(), MAX_CHARS, MAX_STREAMS);
    }

    /** A stream on the wrong path, which the venue accepts, is silent from the beginning. */
    @Override
    public Duration longestSilence(VenueStream stream) {
        Timeouts.Silence silence = settings.limits().silence();
        return switch (stream.name().kind()) {
            case AGGREGATE_TRADE, TRADE -> silence.trades();
            case DEPTH, BOOK_TICKER, TICKER, MARK_PRICE, KLINE -> silence.book();
            // They are rare.
            case LIQUIDATION -> Duration.ZERO;
        };
    }

    @Override
    public Pace paceAfter(int httpStatus) {
        return switch (httpStatus) {
            case 403, 418 -> Pace.FORBIDDEN;
            case 429 -> Pace.THROTTLED;
            default -> Pace.NORMAL;
        };
    }

    @Override
    public boolean refusesHost(int httpStatus) {
        return httpStatus == 403 || httpStatus == 418 || httpStatus == 429;
    }

    @Override
    public String advised(String reason, int httpStatus) {
        return RefusalAdvice.addTo(reason, httpStatus);
    }
}
