package dev.livefeed.app.route.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Takes one request at a time from a connection, and closes one that makes no progress. While a request is answered,
 * further ones are held; nothing is read behind them until the client has taken the answer. Removes itself when the
 * connection becomes a WebSocket. Used by the event loop of the connection only.
 */
final class RequestGate extends ChannelDuplexHandler {

    /** Parts of requests, two of most; a single read has no more unless somebody wants to use up memory. */
    static final int MOST_HELD = 1_000;

    private enum State {
        /** No byte of a request has come. */
        WAITING,
        RECEIVING,
        ANSWERING
    }

    private final long idleNanos;
    private final long requestNanos;
    private final Deque<Object> held = new ArrayDeque<>();
    private final ChannelInboundHandlerAdapter bytes = new ChannelInboundHandlerAdapter() {

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (state == State.WAITING) {
                become(State.RECEIVING, requestNanos);
            }
            context.fireChannelRead(part);
        }
    };

    private State state = State.WAITING;
    private long deadline;
    private boolean limited;
    /** The end of the answer was written, perhaps before the end of the request has come. */
    private boolean ended;
    /** The client has taken the end of the answer. */
    private boolean taken;

    /** Nothing is read from the socket, because parts are held. */
    private boolean stopped;

    private ScheduledFuture<?> watch;

    /**
     * @param idle without a request, or without the client taking the end of an answer
     * @param request from the first byte of a request to the last
     */
    RequestGate(Duration idle, Duration request) {
        idleNanos = idle.toNanos();
        requestNanos = request.toNanos();
    }

    /** Sees the bytes before they are decoded. */
    ChannelInboundHandlerAdapter bytes() {
        return bytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        become(State.WAITING, idleNanos);
        watch = context.executor().scheduleWithFixedDelay(() -> check(context), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        watch.cancel(false);
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        if (stopped && context.channel().isActive()) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void become(State next, long nanos) {
        state = next;
        limited = nanos > 0;
        deadline = System.nanoTime() + nanos;
    }

    private void check(ChannelHandlerContext context) {
        if (!limited || System.nanoTime() - deadline < 0) {
            return;
        }
        if (state == State.RECEIVING && !ended) {
            RawResponse.send(context.channel(), HttpResponseStatus.REQUEST_TIMEOUT);
        } else {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (!(part instanceof HttpObject)) {
            context.fireChannelRead(part);
        } else if (state != State.ANSWERING && held.isEmpty()) {
            pass(context, part);
        } else if (held.size() < MOST_HELD) {
            held.add(part);
            stop(context);
        } else {
            ReferenceCountUtil.release(part);
            context.close();
        }
    }

    private void pass(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest) {
            ended = false;
            taken = false;
            if (state == State.WAITING) {
                become(State.RECEIVING, requestNanos);
            }
        }
        if (part instanceof LastHttpContent) {
            if (taken) {
                become(State.WAITING, idleNanos);
            } else {
                become(State.ANSWERING, ended ? idleNanos : 0);
            }
        }
        context.fireChannelRead(part);
    }

    /** The selector goes on to read as long as autoRead is set, whoever asks for it or not. */
    private void stop(ChannelHandlerContext context) {
        stopped = true;
        context.channel().config().setAutoRead(false);
    }

    /** Asked for when Vert.x has taken the body of a request, too. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        } else {
            stop(context);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object part, ChannelPromise promise) {
        if (part instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            boolean upgraded = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            context.write(part, promise);
            if (upgraded) {
                context.pipeline().remove(bytes);
                context.pipeline().remove(this);
            }
        } else if (part instanceof LastHttpContent) {
            ended = true;
            if (state == State.ANSWERING) {
                become(State.ANSWERING, idleNanos);
            }
            context.write(part, promise.unvoid().addListener(written -> answered(context, written.isSuccess())));
        } else {
            context.write(part, promise);
        }
    }

    private void answered(ChannelHandlerContext context, boolean sent) {
        if (!sent) {
            context.close(); // the client has gone: what it asked for behind this request is not begun
            return;
        }
        taken = true;
        if (state != State.ANSWERING) {
            return; // the rest of the request is still to come
        }
        become(State.WAITING, idleNanos);
        if (!held.isEmpty()) {
            context.executor().execute(() -> next(context));
        }
    }

    private void next(ChannelHandlerContext context) {
        while (state != State.ANSWERING && !held.isEmpty() && !context.isRemoved()) {
            pass(context, held.poll());
        }
        context.fireChannelReadComplete();
        if (held.isEmpty() && stopped) {
            stopped = false;
            context.channel().config().setAutoRead(true);
        }
    }
}
