package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.TextFrame;
import java.util.List;

/** The topic of the announcements: only what changes after the subscription. */
final class AnnouncementPublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 100;

    private final AnnouncementBoard board;

    AnnouncementPublisher(StreamTopic topic, AnnouncementBoard board) {
        super(topic, PUSH_MILLIS);
        this.board = board;
    }

    @Override
    protected void activate(long now) {
        board.takeChanged();
    }

    @Override
    protected TextFrame snapshot(long now) {
        return null;
    }

    @Override
    protected void publish(long now) {
        List<SystemAnnouncement> changed = board.takeChanged();
        if (!changed.isEmpty()) {
            push(TextFrame.of("{\"topic\":\"" + topic().text() + "\",\"ts\":" + now + ",\"data\":"
                    + AnnouncementBoard.rows(changed) + "}"));
        }
    }
}
