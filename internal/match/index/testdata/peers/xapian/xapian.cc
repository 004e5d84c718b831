// Indexes words given one record a line, asks queries given one a line (all words must be there, the ten best), and prints the times.
#include <sys/resource.h>
#include <sys/stat.h>
#include <xapian.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

static double spent() {
    rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// known indexes texts with Xapian's own n-grams and prints at which place text i is found by title i (0: not among ten).
static int known(char **argv) {
    std::string line;
    Xapian::WritableDatabase db(argv[1], Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    std::ifstream texts(argv[2]), titles(argv[3]);
    while (std::getline(texts, line)) {
        Xapian::Document doc;
        Xapian::TermGenerator terms;
        terms.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
        terms.set_document(doc);
        terms.index_text(line);
        db.add_document(doc);
    }
    db.commit();
    for (Xapian::docid want = 1; std::getline(titles, line); want++) {
        Xapian::Document doc;
        Xapian::TermGenerator terms;
        terms.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
        terms.set_document(doc);
        terms.index_text_without_positions(line);
        std::vector<std::string> words(doc.termlist_begin(), doc.termlist_end());
        Xapian::Enquire ask(db);
        ask.set_query(Xapian::Query(Xapian::Query::OP_OR, words.begin(), words.end()));
        Xapian::MSet found = ask.get_mset(0, 10);
        int place = 0;
        for (auto i = found.begin(); i != found.end(); ++i)
            if (*i == want) place = i.get_rank() + 1;
        printf("place %d\n", place);
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 5) return known(argv);
    if (argc != 4) return 2;
    double cpu = spent(), wall = now();
    std::string line, word;
    {
        Xapian::WritableDatabase db(argv[1], Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
        std::ifstream words(argv[2]);
        while (std::getline(words, line)) {
            Xapian::Document doc;
            std::istringstream in(line);
            while (in >> word) doc.add_term(word.substr(0, 240));
            db.add_document(doc);
        }
        db.commit();
    }
    double bytes = 0;
    for (auto table : {"postlist", "termlist", "docdata", "position"}) {
        struct stat s;
        if (stat((std::string(argv[1]) + "/" + table + ".glass").c_str(), &s) == 0 && std::string(table) == "postlist") bytes += s.st_size;
    }
    printf("index %g %g %g\n", spent() - cpu, now() - wall, bytes);
    Xapian::Database db(argv[1]);
    cpu = spent();
    std::ifstream queries(argv[3]);
    while (std::getline(queries, line)) {
        double began = now();
        std::vector<Xapian::Query> terms;
        std::istringstream in(line);
        while (in >> word) terms.emplace_back(word);
        Xapian::Enquire ask(db);
        ask.set_query(Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end()));
        Xapian::MSet found = ask.get_mset(0, 10, db.get_doccount());
        printf("query %g %u\n", (now() - began) * 1000, found.get_matches_estimated());
    }
    printf("asked %g\n", spent() - cpu);
    Xapian::WritableDatabase more(argv[1], Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
    for (int i = 0; i < 20; i++) {
        double began = now();
        std::string own = "neu" + std::to_string(i) + "word";
        Xapian::Document doc;
        doc.add_term(own);
        more.add_document(doc);
        more.commit();
        db.reopen();
        Xapian::Enquire ask(db);
        ask.set_query(Xapian::Query(own));
        if (ask.get_mset(0, 10).size() == 1) printf("seen %g\n", (now() - began) * 1000);
    }
}
