package dev.livefeed.app.route.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections beyond the limit: each may ask for one of the paths of probes, and is told otherwise that there are too
 * many. If there are too many of these as well, the oldest one that has not asked yet is closed. Thread-safe.
 */
final class ConnectionReserve {

    /** At a time. */
    static final int PLACES = 24;

    private static final long REQUEST_MILLIS = 500;
    private static final long ANSWER_MILLIS = 2_000;

    private final Deque<Visitor> visitors = new ArrayDeque<>();
    private final AtomicLong refused = new AtomicLong();

    /** Connections that did not get what they asked for. */
    long refused() {
        return refused.get();
    }

    /** Takes a connection; called by its event loop, before anything is read. */
    void take(Channel channel) {
        Visitor visitor = new Visitor(channel);
        Visitor leaves = enter(visitor);
        if (leaves != null) {
            leaves.channel.close();
            leaves.countRefused();
        }
        if (leaves == visitor) {
            return;
        }
        channel.closeFuture().addListener(closed -> leave(visitor));
        channel.pipeline().addBefore("handler", "reserve", visitor);
        channel.eventLoop().schedule(visitor::late, REQUEST_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns who has to leave for it, which may be itself, or null. */
    private synchronized Visitor enter(Visitor visitor) {
        Visitor oldest = null;
        if (visitors.size() >= PLACES) {
            oldest = visitors.stream().filter(one -> !one.asked).findFirst().orElseGet(visitors::peekFirst);
            visitors.remove(oldest);
        }
        if (oldest != visitor) {
            visitors.add(visitor);
        }
        return oldest;
    }

    private synchronized void leave(Visitor visitor) {
        visitors.remove(visitor);
        visitor.countRefused();
    }

    /** One connection. Used by its event loop, except for {@link #asked}. */
    private final class Visitor extends ChannelInboundHandlerAdapter {

        private final Channel channel;
        /** It has asked for the path of a probe. */
        private volatile boolean asked;

        private boolean told;
        private boolean counted;

        private Visitor(Channel channel) {
            this.channel = channel;
        }

        private void countRefused() {
            synchronized (ConnectionReserve.this) {
                if (!asked && !counted) {
                    counted = true;
                    refused.incrementAndGet();
                }
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof HttpRequest request) {
                if (!asked && !told && LoginGuard.isProbe(request) && !hasBody(request)) {
                    asked = true;
                    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                    channel.eventLoop().schedule(() -> channel.close(), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    refuse();
                }
            }
            if (asked && !told) {
                context.fireChannelRead(part);
            } else {
                ReferenceCountUtil.release(part);
            }
        }

        /** The answer would wait for it. */
        private boolean hasBody(HttpRequest request) {
            String length = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
            return length != null && !length.equals("0")
                    || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        }

        private void late() {
            if (!asked) {
                refuse();
            }
        }

        private void refuse() {
            if (!told && channel.isActive()) {
                told = true;
                if (asked) {
                    channel.close(); // an answer is on its way
                } else {
                    countRefused();
                    RawResponse.send(channel, HttpResponseStatus.SERVICE_UNAVAILABLE);
                }
            }
        }
    }
}
