// Solves a problem of least cost with LEMON's NetworkSimplex: the peer of `kechuang bench flow`.
// Input, binary little-endian int64: nodes, arcs; then each node's supply; then of each arc from, to, least, most, cost.
// Output: status, cost, CPU seconds from the graph to flows and potentials, those of run() alone in it, peak memory in kB.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>
using namespace lemon;

static int64_t next(FILE *f) {
  int64_t v;
  if (fread(&v, sizeof v, 1, f) != 1) exit(2);
  return v;
}

// peak is the most memory that this process held, in kB. (getrusage would count the one that started it, too.)
static long peak() {
  FILE *f = fopen("/proc/self/status", "r");
  char line[256];
  long kb = 0;
  while (f && fgets(line, sizeof line, f))
    if (sscanf(line, "VmHWM: %ld", &kb) == 1) break;
  return kb;
}

int main(int argc, char **argv) {
  FILE *f = argc > 1 ? fopen(argv[1], "rb") : nullptr;
  if (!f) return 2;
  setvbuf(f, nullptr, _IOFBF, 1 << 20);
  int nodes = next(f), arcs = next(f);
  std::vector<int64_t> supply(nodes), least(arcs), most(arcs), cost(arcs);
  for (auto &s : supply) s = next(f);
  std::vector<std::pair<int, int>> ends(arcs);
  std::vector<int> order(arcs);
  for (int i = 0; i < arcs; i++) {
    ends[i].first = next(f), ends[i].second = next(f);
    least[i] = next(f), most[i] = next(f), cost[i] = next(f);
  }
  SmartDigraph g;
  g.reserveNode(nodes), g.reserveArc(arcs);
  for (int i = 0; i < nodes; i++) g.addNode();
  SmartDigraph::ArcMap<int64_t> l(g), u(g), c(g);
  SmartDigraph::NodeMap<int64_t> s(g);
  for (int i = 0; i < nodes; i++) s[g.nodeFromId(i)] = supply[i];
  for (int i = 0; i < arcs; i++) {
    auto a = g.addArc(g.nodeFromId(ends[i].first), g.nodeFromId(ends[i].second));
    l[a] = least[i], u[a] = most[i], c[a] = cost[i];
  }
  SmartDigraph::ArcMap<int64_t> flows(g);
  SmartDigraph::NodeMap<int64_t> potentials(g);
  clock_t began = clock();
  NetworkSimplex<SmartDigraph, int64_t, int64_t> ns(g);
  ns.lowerMap(l).upperMap(u).costMap(c).supplyMap(s);
  clock_t ready = clock();
  auto status = ns.run();
  clock_t ran = clock();
  bool found = status == ns.OPTIMAL;
  if (found) ns.flowMap(flows), ns.potentialMap(potentials);
  double all = double(clock() - began) / CLOCKS_PER_SEC, run = double(ran - ready) / CLOCKS_PER_SEC;
  printf("%s %lld %.6f %.6f %ld\n", found ? "optimal" : "none", found ? (long long)ns.totalCost() : 0LL, all, run, peak());
}
