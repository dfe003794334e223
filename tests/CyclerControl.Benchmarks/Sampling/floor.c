/*
 * The floor of the sampling benchmark: what the machine gives to a loop that does nothing but keep the beat.
 *
 *   floor THREADS RATE_HZ SECONDS [PORT ...]
 *
 * One thread per link, link i of n at phase i/n of the period, each waiting as the product does: poll(2) on an absolute timerfd
 * (CLOCK_MONOTONIC) and an eventfd that nobody signals. Lateness is wake minus deadline; a deadline that has passed is counted and left out.
 * With ports, one for each thread, each wake also asks that instrument for its eight channels and waits for the answer.
 *
 * Prints each lateness in ns on a line of its own, and last "missed N".
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct link {
    pthread_t thread;
    int64_t first, period, count, served, missed;
    int64_t *lateness;
    int socket;
};

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int connect_to(int port) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) != 0) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static void exchange(int fd) {
    static const char ask[] = "MEAS? (@1,2,3,4,5,6,7,8)\n";
    char answer[1024];
    size_t length = 0;
    if (send(fd, ask, sizeof ask - 1, 0) != sizeof ask - 1) fail("send");
    do {
        ssize_t n = recv(fd, answer + length, sizeof answer - length, 0);
        if (n <= 0) fail("recv");
        length += n;
    } while (answer[length - 1] != '\n');
}

static void *keep(void *argument) {
    struct link *l = argument;
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (timer < 0 || wake < 0) fail("timerfd, eventfd");
    for (int64_t slot = 0; slot < l->count;) {
        int64_t deadline = l->first + slot * l->period;
        if (now_ns() < deadline) {
            struct itimerspec at = { .it_value = { deadline / 1000000000LL, deadline % 1000000000LL } };
            struct pollfd both[2] = { { wake, POLLIN, 0 }, { timer, POLLIN, 0 } };
            if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL) != 0) fail("timerfd_settime");
            if (poll(both, 2, -1) < 0) fail("poll");
        }
        int64_t late = now_ns() - deadline;
        l->lateness[l->served++] = late;
        l->missed += late / l->period;
        slot += 1 + late / l->period;
        if (l->socket >= 0) exchange(l->socket);
    }
    return NULL;
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    int threads = atoi(argv[1]);
    double rate = atof(argv[2]), seconds = atof(argv[3]);
    int64_t period = (int64_t)(1e9 / rate + 0.5), start = now_ns() + 50000000;
    struct link *links = calloc(threads, sizeof *links);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 * 1024);
    for (int i = 0; i < threads; i++) {
        struct link *l = &links[i];
        l->period = period;
        l->first = start + period * i / threads;
        l->count = (int64_t)(seconds * rate + 0.5);
        l->lateness = malloc(sizeof(int64_t) * (l->count + 1));
        memset(l->lateness, 0, sizeof(int64_t) * (l->count + 1));
        l->socket = argc > 4 + i ? connect_to(atoi(argv[4 + i])) : -1;
    }
    for (int i = 0; i < threads; i++)
        if (pthread_create(&links[i].thread, &attributes, keep, &links[i]) != 0) fail("pthread_create");
    int64_t missed = 0;
    for (int i = 0; i < threads; i++) {
        pthread_join(links[i].thread, NULL);
        missed += links[i].missed;
        for (int64_t n = 0; n < links[i].served; n++) printf("%lld\n", (long long)links[i].lateness[n]);
    }
    printf("missed %lld\n", (long long)missed);
    return 0;
}
