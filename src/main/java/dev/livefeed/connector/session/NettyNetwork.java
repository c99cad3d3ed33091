package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Host;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
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
 * <p>Buffers come from a small pool of its own, and message contents from the heap, so that a parser reads them in place.
 */
public final class NettyNetwork implements Network {

    private static final int READ = 64 * 1024;

    private final EventLoop loop;
    private final Host host;
    private final Duration openLimit;
    private final Duration answerLimit;
    private final NameResolver names;
    private final ByteBufAllocator buffers = smallPool();
    private final Map<Integer, Channel> links = new HashMap<>();
    private final Bootstrap bootstrap;
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
        this.bootstrap = new Bootstrap()
                .group(this.loop)
                .channel(NioSocketChannel.class)
                .resolver(names)
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) openLimit.toMillis());
    }

    /** A loop of one thread. */
    public static ScheduledExecutorService newLoop(String name) {
        return new NioEventLoopGroup(1, new DefaultThreadFactory(name, true)).next();
    }

    /** Who is told of what comes; to be set before anything is asked. */
    public void listener(NetworkFeed listener) {
        this.feed = listener;
        this.http = new HttpClient(bootstrap, this::sslHandler, host, listener, answerLimit);
    }

    @Override
    public void open(int link, URI uri) {
        WebSocketHandler handler = new WebSocketHandler(link, uri, feed, host, openLimit);
        try {
            SslHandler ssl = uri.getScheme().toLowerCase(Locale.ROOT).equals("wss") ? sslHandler(uri) : null;
            bootstrap
                    .clone()
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            links.put(link, channel);
                            channel.closeFuture().addListener(closed -> links.remove(link));
                            handler.addTo(channel.pipeline(), ssl);
                        }
                    })
                    .connect(uri.getHost(), port(uri))
                    .addListener((ChannelFuture connected) -> {
                        if (!connected.isSuccess() && !WebSocketHandler.silent(connected.channel())) {
                            handler.notConnected(connected.cause());
                        }
                    });
        } catch (SSLException e) {
            loop.execute(() -> handler.notConnected(e));
        }
    }

    @Override
    public void send(int link, String text) {
        Channel channel = links.get(link);
        if (channel != null) {
            WebSocketHandler.send(channel, text);
        }
    }

    @Override
    public void close(int link) {
        Channel channel = links.remove(link);
        if (channel != null) {
            WebSocketHandler.closeSilently(channel);
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

    private static ByteBufAllocator smallPool() {
        // One arena of each kind, chunks of 1 MiB: the loop is one thread and holds little at a time.
        return new PooledByteBufAllocator(false, 1, 1, 8192, 7, 256, 64, false);
    }
}
