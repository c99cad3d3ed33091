package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * The network of one connector on one event loop thread, which is also the feed's thread.
 *
 * <p>Buffers come from a small pool of its own, and message contents from the heap, so that a parser reads them in
 * place.
 */
public final class NettyNetwork implements Network {

    private static final int READ = 64 * 1024;

    private final EventLoop loop;
    private final Host host;
    private final Duration openLimit;
    private final Duration answerLimit;
    private final NameResolver names;
    private final ByteBufAllocator buffers = smallPool();
    private final Map<Integer, HostDialer.Dial> links = new HashMap<>();
    private final HostDialer dialer;
    private SslContext tls;
    private NetworkFeed feed;
    private HttpClient http;

    /**
     * @param loop from {@link #newLoop}
     * @param openLimit for the host's name, TCP, TLS and WebSocket handshake, each
     * @param answerLimit for an HTTP answer, whole
     */
    public NettyNetwork(ScheduledExecutorService loop, Host host, Duration openLimit, Duration answerLimit) {
        this(loop, host, openLimit, answerLimit, new NameResolver(openLimit));
    }

    NettyNetwork(
            ScheduledExecutorService loop, Host host, Duration openLimit, Duration answerLimit, NameResolver names) {
        this.loop = (EventLoop) loop;
        this.names = names;
        this.host = host;
        this.openLimit = openLimit;
        this.answerLimit = answerLimit;
        Bootstrap bootstrap = new Bootstrap()
                .group(this.loop)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
        this.dialer = new HostDialer(this.loop, bootstrap, names);
    }

    /** A loop of one thread. */
    public static ScheduledExecutorService newLoop(String name) {
        return new NioEventLoopGroup(1, new DefaultThreadFactory(name, true)).next();
    }

    /** Who is told of what comes; to be set before anything is asked. */
    public void listener(NetworkFeed listener) {
        this.feed = listener;
        Duration connectLimit = openLimit.compareTo(answerLimit) < 0 ? openLimit : answerLimit;
        this.http = new HttpClient(dialer, connectLimit, this::sslHandler, host, listener, answerLimit);
    }

    @Override
    public void open(int link, URI uri) {
        links.put(link, dialer.dial(uri, openLimit, new Opening(link, uri)));
    }

    @Override
    public void send(int link, String text) {
        HostDialer.Dial dial = links.get(link);
        if (dial != null) {
            WebSocketHandler.send(dial.channel(), text);
        }
    }

    @Override
    public void ping(int link) {
        HostDialer.Dial dial = links.get(link);
        if (dial != null) {
            WebSocketHandler.ping(dial.channel());
        }
    }

    @Override
    public void close(int link) {
        HostDialer.Dial dial = links.remove(link);
        if (dial != null) {
            dial.close();
            if (dial.channel() != null) {
                WebSocketHandler.closeSilently(dial.channel());
            }
        }
    }

    @Override
    public void get(int request, URI uri) {
        http.get(request, uri);
    }

    @Override
    public void end() {
        List.copyOf(links.keySet()).forEach(this::close);
        http.end();
        dialer.end();
        names.close();
    }

    private SslHandler sslHandler(URI uri) throws SSLException {
        if (tls == null) {
            tls = SslContextBuilder.forClient().build();
        }
        SslHandler ssl = tls.newHandler(buffers, uri.getHost(), port(uri));
        SSLParameters parameters = ssl.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        ssl.engine().setSSLParameters(parameters);
        ssl.setHandshakeTimeoutMillis(openLimit.toMillis());
        return ssl;
    }

    static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("wss") || scheme.equals("https") ? 443 : 80;
    }

    /** Tells the feed something outside of its socket reads. */
    static void tell(Host host, Runnable word) {
        try {
            word.run();
            host.outbox().flush();
        } catch (RuntimeException | Error e) {
            host.crash(e);
        }
    }

    private static ByteBufAllocator smallPool() {
        // One arena of each kind, chunks of 1 MiB: the loop is one thread and holds little at a time.
        return new PooledByteBufAllocator(false, 1, 1, 8192, 7, 256, 64, false);
    }

    /** A WebSocket that is being opened. */
    private final class Opening implements HostDialer.Caller {

        private final int link;
        private final URI uri;
        private WebSocketHandler handler;

        Opening(int link, URI uri) {
            this.link = link;
            this.uri = uri;
        }

        @Override
        public void prepare(Channel channel) throws SSLException {
            boolean secure = uri.getScheme().equalsIgnoreCase("wss");
            handler = new WebSocketHandler(link, uri, feed, host, openLimit);
            handler.addTo(channel.pipeline(), secure ? sslHandler(uri) : null);
        }

        @Override
        public void connected(Channel channel) {
            HostDialer.Dial dial = links.get(link);
            channel.closeFuture().addListener(closed -> {
                links.remove(link);
                if (!handler.opened()) {
                    dial.avoid();
                }
            });
        }

        @Override
        public void failed(String reason) {
            links.remove(link);
            tell(host, () -> feed.closed(link, "cannot connect to " + uri.getHost() + ": " + reason, 0));
        }
    }
}
