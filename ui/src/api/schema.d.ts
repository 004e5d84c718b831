// Made by npm run api from the server's OpenAPI document; not written by hand.
export interface paths {
    "/api/admin/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts: all for administrators, those of a party for its owner */
        get: operations["accounts"];
        put?: never;
        /** A new account with a one-time link for its owner */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account */
        get: operations["account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock an account out; ends its sessions and tokens */
        post: operations["disableAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an account in again */
        post: operations["enableAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a party to act for (admin.system), an office or a role (admin.security) */
        post: operations["grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time link to choose a new password */
        post: operations["resetAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a party, an office or a role away */
        post: operations["revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/accounts/{account}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forget an account's wrong passwords */
        post: operations["unlockAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/offices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The offices that seats are filled from */
        get: operations["offices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/security-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who signed in, failed, was given what, newest first */
        get: operations["securityLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bench": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for my judgement with reasons by clause, by deadline */
        get: operations["bench"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases that I may see */
        get: operations["cases"];
        put?: never;
        /** Open a case */
        post: operations["openCase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A case, cut to what I may see */
        get: operations["case"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/alike": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases that say the same in other words, with the passages that overlap, for who examines the case */
        get: operations["alike"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The case's records with their proofs, to be checked offline by kechuang verify */
        get: operations["bundle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let another account act for me for a time; the case - stands for all */
        post: operations["delegate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/diagram.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mechanism's diagram with where the case stands */
        get: operations["caseDiagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/dossiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My dossiers of a case, latest first */
        get: operations["dossiers"];
        put?: never;
        /** Make a dossier of the case's thread: one archive of every form, paper, file, posting and proof that I may see */
        post: operations["orderDossier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/drafts/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep what was typed so far */
        put: operations["saveDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/marks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mark sheets of a case: who gave what for each question, with means, the latest round first */
        get: operations["marks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/marks.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mark sheets of a case as a workbook */
        get: operations["marksWorkbook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/papers/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page made from the case, to be printed */
        get: operations["paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/steps/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do a step */
        post: operations["act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/tables/{form}/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A table of a form that I may see, as a workbook */
        get: operations["caseTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cases/{id}/thread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cases and records that belong together with a case, with money and dates, cut to what I may see */
        get: operations["thread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The industry chains of the pack and how much of each is mapped */
        get: operations["chains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/book.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A chain as a workbook of nodes, relations and supplies, which can be taken in again; or the empty template */
        get: operations["chainBook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A chain as nodes, edges and supplies */
        get: operations["chainExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of a node, an edge or a supply, newest first */
        get: operations["chainHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take in nodes, edges and supplies: a workbook, tables (CSV) or a map (JSON); what the map has already is left alone */
        post: operations["chainImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A chain drawn in layers; for staff with what is critical in it */
        get: operations["chainMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nodes of the maps for a form to choose from: by name or identifier, those that begin with what was typed first; staff find all, others what is public */
        get: operations["chainNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** State nodes, edges and supplies, or take them off the map */
        post: operations["chainSay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chains/thread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is done about a node: the records and cases that name it and what they led to, with their money */
        get: operations["chainThread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom I let act for me, and until when */
        get: operations["delegations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/delegations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a delegation now */
        delete: operations["endDelegation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for me, what I wait for, what changed */
        get: operations["desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/distinctions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that two are not one, so that nobody is asked again */
        post: operations["distinguish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file, to be named in a form by its digest */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of a case */
        get: operations["document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dossiers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a dossier is */
        get: operations["dossier"];
        put?: never;
        post?: never;
        /** Stop a dossier, or throw it away */
        delete: operations["dropDossier"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dossiers/{id}/archive.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The archive, to be checked offline by kechuang verify */
        get: operations["dossierArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who this is, and which kinds of records other instances may read here (kechuang-exchange/1) */
        get: operations["exchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exchange/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All open calls, for followers */
        get: operations["exchangeCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exchange/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open records in the order of their last change, for followers: keep resume, and ask from there the next time */
        get: operations["exchangeRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/facts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A fact: its case, step, papers and leaf in the journal */
        get: operations["fact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fees month by month: paid, tax withheld, handed in, by when */
        get: operations["feeMonths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fees/{month}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fees of a month: who was paid what for which case, and the tax withheld */
        get: operations["fees"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fees/{month}/book": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fees of a month as a workbook */
        get: operations["feeBook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/fees/{month}/remittances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter that the tax withheld in a month was handed in to the tax office */
        post: operations["remitTax"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figure-sum": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Add figures; refused where they may count the same thing */
        get: operations["figureSum"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All figures on a day: value, year on year, trend, target, alerts */
        get: operations["figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure: definition, value, trend, target and forecast, frozen values, alerts */
        get: operations["figure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/export.csv.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The facts behind a figure as CSV with metadata */
        get: operations["exportFigure_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/export.prov.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure's provenance as W3C PROV-JSON: facts, steps, people, records of the journal */
        get: operations["exportFigure_prov"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/export.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure as a workbook, a sheet for every level */
        get: operations["exportFigure_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The facts behind a figure or one of its parts */
        get: operations["figureFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A figure by one or two of its dimensions */
        get: operations["figureParts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep what somebody else says a figure was */
        post: operations["reportFigure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/figures/{name}/restatements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write beside a frozen value what its facts come to now */
        post: operations["restate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The months that are frozen, latest first, with digest and signature */
        get: operations["freezes"];
        put?: never;
        /** Freeze a month that has ended */
        post: operations["freeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/funds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The funds: appropriated, held, paid, free */
        get: operations["funds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/funds/{name}/appropriations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a year's budget into a fund */
        post: operations["appropriate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/funds/{name}/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every transfer of a fund, newest first */
        get: operations["fundPostings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open challenges, notices and results, for everyone */
        get: operations["hall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of records that are open to everyone */
        get: operations["catalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/catalogue/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the open records of a kind */
        get: operations["catalogueOf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/catalogue/{kind}/download.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the query finds of the open records of a kind, as csv */
        get: operations["catalogue_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/catalogue/{kind}/download.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the query finds of the open records of a kind, as json */
        get: operations["catalogue_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/outside": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What other instances lay open, as it was harvested */
        get: operations["outside"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/outside/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The instances that are harvested, and how it went */
        get: operations["outsideSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What everyone may read of a record */
        get: operations["hallRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/{case}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What everyone may read of a case */
        get: operations["hallCase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/hall/{case}/steps/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Object to a notice under one's real name, without signing in */
        post: operations["object"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that my parties handed in to the register; with waiting, what waits for those who keep it */
        get: operations["handedList"];
        put?: never;
        /** Hand in a record of a party of mine; it waits for review and is none until then */
        post: operations["handIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handed/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record that was handed in, for its owner and those who keep the register */
        get: operations["handed"];
        /** Say anew what waits or was refused; it waits again */
        put: operations["handInAnew"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handed/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what was handed in into the register, or refuse it with the reason */
        post: operations["judgeHanded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/handed/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what waits or was refused */
        post: operations["withdrawHanded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this process can work */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My imports, newest first */
        get: operations["imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is */
        get: operations["importState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enter the rows that were checked */
        post: operations["confirmImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/marked.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The user's own file with what is to be mended beside each row */
        get: operations["marked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is to be mended, row by row */
        get: operations["importMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an import; what was entered stays */
        post: operations["stopImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checkpoint, key and size of the journal */
        get: operations["journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sealed leaves, latest first */
        get: operations["journalEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal/growth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proof that an older log is the beginning of the present one */
        get: operations["journalGrowth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/journal/proof/{leaf}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proof that a leaf is in the journal */
        get: operations["journalProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the register holds beside parties, with how many there are */
        get: operations["kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which offers of the register may answer a need, and why; what the need should say */
        post: operations["match"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/match/needs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Needs that wait and that I may see, with the offers for them; what was offered since is marked */
        get: operations["waitingNeeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/match/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom to bring together over all needs that wait, so that nobody is swamped */
        post: operations["planMatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account and its hats */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts of my offices and parties, who could stand in for me */
        get: operations["colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password; ends all other sessions */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own integrator tokens */
        get: operations["tokens"];
        put?: never;
        /** A new token; its secret is shown once */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mechanisms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mechanisms of the pack */
        get: operations["mechanisms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mechanisms/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A mechanism in words, with parameters, sources and proofs */
        get: operations["mechanism"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mechanisms/{name}/diagram.svg": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A mechanism as a diagram */
        get: operations["diagram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/meeting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A meeting about some cases: sheets, orders with their uncertainty, outliers, an agenda; for the cases' offices and auditors */
        get: operations["meeting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make one of two that were entered twice: the old id lives on, cases and facts keep what they say */
        post: operations["merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cockpit beside its figures: chains by risk, money by stage and source, from need to output, deadlines missed */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/panels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The panels that my offices bring together; of auditors, all */
        get: operations["panels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/panels/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose experts for many cases at once, with the proof; nothing is stored */
        post: operations["assignPanels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/panels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One panel: its pool, what speaks against each, invitations and draws; for the case's offices and auditors */
        get: operations["panel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parameter-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This city's and other places' terms for grants that become equity, with their sources */
        get: operations["parameterSets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List parties, or search them in the language of /api/search; where nothing fits, names that are alike */
        get: operations["parties"];
        put?: never;
        /** Enter a party */
        post: operations["createParty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parties/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A party, cut to what I may see */
        get: operations["party"];
        /** Change a party; from a stale page it is refused */
        put: operations["putParty"];
        post?: never;
        /** Take a party out of the register; refused while it sits in open cases */
        delete: operations["deleteParty"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parties/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed what of a party, newest first */
        get: operations["partyHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parties/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases, records, units and money of a party, cut to what I may see */
        get: operations["partyLinks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/parties/{id}/ties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The declared interests of a party */
        get: operations["ties"];
        put?: never;
        /** Declare an interest between two parties */
        post: operations["declareTie"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/pledges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pledges: all of them for offices and auditors, their own for everybody else */
        get: operations["pledges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/basis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The documents that rules come from */
        get: operations["basis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/editions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The editions that came in force; to keepers of policy and auditors, the proposals too */
        get: operations["editions"];
        put?: never;
        /** Propose an edition that passes its trial */
        post: operations["proposeEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/editions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A proposal with its trial */
        get: operations["edition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/editions/{id}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a proposal of somebody else in force from its day */
        post: operations["adoptEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/editions/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Drop a proposal */
        post: operations["withdrawEdition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One file of the edition in force */
        get: operations["packFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of the edition in force */
        get: operations["packFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/pack.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The edition in force, whole */
        get: operations["packZip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every number of a rule, with its source */
        get: operations["parameters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/taxonomies/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The codes that a field of type ref chooses from */
        get: operations["taxonomy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an edit would do: findings, proofs, stories, differences; nothing is kept */
        post: operations["tryPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portfolio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose under budgets and quotas: the plan with its proof, reasons, costs, stability and front; nothing is stored */
        post: operations["portfolio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portfolio/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What could be funded, from the cases of a mechanism that my offices run: amounts, codes, scores */
        get: operations["portfolioCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/portfolio/memo.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A plan and what was said of it, as a workbook */
        post: operations["portfolioMemo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records of the register, or search them in the language of /api/search, cut to what I may see */
        get: operations["records"];
        put?: never;
        /** Enter a record by hand */
        post: operations["createRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record with what was said of it and the cases behind it, cut to what I may see */
        get: operations["record"];
        /** Change fields of a record; what an owner says against a verified field waits beside it */
        put: operations["putRecord"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The days of a record that cases have taken; whose, only where I may see the case */
        get: operations["calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide between what stands of a field and what is said beside it */
        post: operations["settleClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/fund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A fund's book: commitments, calls, investments, exits and distributions by partner and kind of money, traced */
        get: operations["fundBook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/ownership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say for a party of mine that a record is its own; whoever keeps the register decides */
        post: operations["claimOwner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds the title, use and income of an achievement on a day; licences, pledges and history for whoever holds something of it */
        get: operations["rights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cap table of a company on a day, with its events for whoever holds shares */
        get: operations["shares"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/shares/ocf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A company's shares as an Open Cap Format package */
        get: operations["sharesOCF"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/shares/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What grant-to-equity terms would come to on a company as it stands; nothing is changed */
        post: operations["tryShares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/records/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stand for all that a record says */
        post: operations["verifyRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of party, kinds of tie, regions */
        get: operations["registerWords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I am asked to judge in my own name, and what I have judged */
        get: operations["reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find parties, records, cases and policy in one language: 类型:平台 级别:国家 "金属波纹管" 区:浑南 -军工, or pinyin initials; cut to what I may see */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Complete the last word of a query to a condition or its values */
        get: operations["searchWords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published statistics that the pack knows, and what was taken in of them */
        get: operations["seriesList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series-tables/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a table that was taken in by mistake */
        post: operations["seriesWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Published statistics: tables taken in, and every identity that fails with its cells */
        get: operations["series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series/{name}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a published table in, with its source */
        post: operations["seriesTake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a published table (Excel, CSV, TSV) and check it; nothing is kept */
        post: operations["seriesTry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/series/{name}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The values that stand of one item */
        get: operations["seriesValues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in; nobody is no error */
        get: operations["session"];
        put?: never;
        /** Sign in; sets the session cookie */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a one-time link is for */
        get: operations["setupLink"];
        put?: never;
        /** Use a one-time link: choose a password */
        post: operations["useSetupLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tables that I may bring in or take out */
        get: operations["sheets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{kind}/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Take out what the query finds */
        get: operations["export_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{kind}/export.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Take out what the query finds */
        get: operations["export_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{kind}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring in a workbook or CSV: its rows are checked in the background, and entered once confirmed */
        post: operations["import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sheets/{kind}/template.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workbook to fill in */
        get: operations["template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which city and pack this is */
        get: operations["site"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/splits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The incomes that were split in cases that I see whole, latest first */
        get: operations["splits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/waterfalls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How an income would be split, to the fen; refused below the floor with its article */
        post: operations["tryWaterfall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work/contested": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is said against what stands, and waits for a decision */
        get: operations["contested"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pairs that may have been entered twice, with reasons, the likeliest first */
        get: operations["duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work/expiring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records that run out within some days, or ran out and were not ended */
        get: operations["expiring"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/work/unverified": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records of which some field is said by nobody who stands for it */
        get: operations["unverified"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            /** Format: date-time */
            created: string;
            id: string;
            /** Format: date-time */
            last_sign_in?: string;
            /**
             * Format: date-time
             * @description locked until, after too many wrong passwords
             */
            locked?: string;
            login: string;
            name: string;
            offices: string[];
            parties: components["schemas"]["Member"][];
            person?: string;
            roles: string[];
            /** @enum {string} */
            state: "invited" | "active" | "disabled";
        };
        AccountLink: {
            account: components["schemas"]["Account"];
            /** @description path of the page on which the password is chosen; shown once */
            link: string;
        };
        AccountPage: {
            items: components["schemas"]["Account"][];
            next?: string;
        };
        Act: {
            /** @description of a step that draws a panel */
            drawn?: components["schemas"]["Witnessed"];
            /** @description say what would follow, and do nothing */
            dryRun?: boolean;
            /** @description inside this record; empty is the case */
            parent?: string;
            /** @description starts a new part of this kind */
            part?: string;
            /** @description for whom a new part is started; empty where there is one choice */
            party?: string;
            reason?: string;
            /** @description the case or a part; empty is the case, or with part a new part */
            record?: string;
            /**
             * Format: int64
             * @description of the record as it was seen; an act from a stale page is refused
             */
            revision?: number;
            /** @description in which seat; empty where one is held */
            seat?: string;
            /** @description the form: field name to value */
            values?: unknown;
        };
        Actor: {
            account: string;
            name: string;
            offices?: string[];
            parties?: components["schemas"]["Member"][];
            person?: string;
            roles?: string[];
            scopes?: string[];
        };
        AdoptEditionRequest: {
            reason?: string;
        };
        Aim: {
            from: components["schemas"]["Point"];
            /** Format: int64 */
            gap: number | null;
            met?: boolean;
            outlook?: components["schemas"]["Outlook"][];
            /** Format: int64 */
            pace: number;
            past?: boolean;
            target: components["schemas"]["Point"];
            /** Format: int64 */
            value: number | null;
        };
        AimTotal: {
            aim: string;
            /** Format: int64 */
            value: number;
        };
        Alert: {
            figure: string;
            kind: string;
            month?: string;
            /** Format: int64 */
            now?: number;
            text: components["schemas"]["Text"];
            /** Format: int64 */
            was?: number;
        };
        AlikeView: {
            case: string;
            /** @description the longest passage that overlaps, in this case */
            here: string;
            label?: string;
            link: string;
            mechanism: components["schemas"]["Text"];
            seen: boolean;
            /**
             * Format: int64
             * @description per cent of the shorter text that stands in the other
             */
            share: number;
            state?: components["schemas"]["StateRef"];
            /** @description and in the other; empty for who may not read that case */
            there?: string;
            title?: components["schemas"]["Text"];
        };
        Answer: {
            building: boolean;
            hits: components["schemas"]["Hit"][];
            more: boolean;
            notes: components["schemas"]["Text"][];
        };
        Appropriation: {
            /**
             * Format: int64
             * @description fen
             */
            amount: number;
            /** @description the document that says so, with its 文号 */
            memo: string;
            /** Format: int64 */
            year: number;
        };
        Arc: {
            back?: boolean;
            /** Format: int64 */
            from: number;
            is: string;
            /** Format: int64 */
            to: number;
        };
        Assessment: {
            abroad: boolean;
            blocks?: string[];
            held: boolean;
            /** Format: int64 */
            ladder: number;
            node: string;
            parts: components["schemas"]["ScorePart"][];
            /** Format: int64 */
            reach: number;
            reach_exact: boolean;
            risk: string;
            /** Format: int64 */
            score: number;
            supply: components["schemas"]["Concentration"];
        };
        AssignAnswer: {
            bound?: string;
            cases: components["schemas"]["AssignCase"][];
            costs?: components["schemas"]["AssignCost"][];
            deciles?: string[];
            experts: components["schemas"]["AssignExpert"][];
            file?: string;
            impossible?: components["schemas"]["AssignImpossible"];
            proved: boolean;
            total?: string;
            worst?: string;
        };
        AssignCase: {
            /** Format: int64 */
            barred: number;
            case: string;
            column: string;
            columnOf?: string;
            form: string;
            gets: components["schemas"]["AssignedHere"][];
            /** Format: int64 */
            needs: number;
            of?: string;
            rows: string;
            step: string;
            title: string;
        };
        AssignCost: {
            case?: string;
            costs: string;
            party?: string;
            /** @enum {string} */
            what: "pin" | "forbid" | "unit" | "mix";
        };
        AssignExpert: {
            /** Format: int64 */
            load: number;
            /** Format: int64 */
            most: number;
            name: string;
            party: string;
            unit?: string;
        };
        AssignImpossible: {
            changes: components["schemas"]["Text"][];
            why: components["schemas"]["Text"];
        };
        AssignPair: {
            case: string;
            party: string;
        };
        AssignQuestion: {
            /**
             * Format: int64
             * @description random: the greatest chance of a pair
             */
            cap?: number;
            cases: string[];
            forbids?: components["schemas"]["AssignPair"][];
            /** @description the parts of the one case that its panel reviews, among those who accepted; case of a pair is then a part's id */
            inside?: boolean;
            /** Format: int64 */
            least?: number;
            /**
             * Format: int64
             * @description cases for each expert, with what they have elsewhere
             */
            most: number;
            /** @enum {string} */
            objective: "total" | "fair" | "random";
            /** Format: int64 */
            outsideLeast?: number;
            pins?: components["schemas"]["AssignPair"][];
            /**
             * Format: int64
             * @description experts for each case; 0: as many as it still wants
             */
            reviews?: number;
            /** Format: int64 */
            unitMost?: number;
        };
        AssignedHere: {
            kept?: boolean;
            name: string;
            party: string;
            pinned?: boolean;
            score: string;
            warn?: string;
        };
        Award: {
            candidate: string;
            /** Format: int64 */
            cost: number;
            /** Format: int64 */
            lot: number;
            /** Format: int64 */
            value: number;
        };
        Basis: {
            from?: string;
            issuer: string;
            key: string;
            level: string;
            number: string;
            status: string;
            title: string;
            to?: string;
        };
        BenchItem: {
            act: components["schemas"]["DoRef"];
            case: string;
            do?: components["schemas"]["DoRef"][];
            /** Format: date-time */
            due?: string;
            form: string;
            mechanism: components["schemas"]["MechanismRef"];
            /** Format: date-time */
            opened: string;
            party: string;
            /** Format: date-time */
            since: string;
            state: components["schemas"]["StateRef"];
            title: string;
            waits?: components["schemas"]["Text"];
            /** Format: int64 */
            workdays?: number;
        };
        BesideFigure: {
            area: string;
            /** @description identities that fail and have a cell of it */
            findings?: components["schemas"]["Mismatch"][];
            item: string;
            itemName: components["schemas"]["Text"];
            note?: components["schemas"]["Text"];
            /** @enum {string} */
            relation: "same" | "part";
            series: string;
            source: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
            /** @description latest first */
            years: components["schemas"]["BesideYear"][];
        };
        BesideYear: {
            /** @description the two contradict each other */
            against?: boolean;
            /**
             * Format: int64
             * @description our figure at the end of that year, null where nothing is recorded
             */
            ours: number | null;
            printed: string;
            unit: string;
            /**
             * Format: int64
             * @description as published, in the figure's unit
             */
            value: number | null;
            /** @description all tables that give it, newest first: the first stands */
            versions: components["schemas"]["Version"][];
            /** Format: int64 */
            year: number;
        };
        Booking: {
            case?: string;
            client?: string;
            from: string;
            label?: string;
            mechanism: components["schemas"]["Text"];
            seen: boolean;
            state?: components["schemas"]["StateRef"];
            until: string;
        };
        BoundProof: {
            first?: components["schemas"]["ProofStep"][];
            /** Format: int64 */
            most: number;
            none?: boolean;
            /** Format: int64 */
            shift: number;
            tree: components["schemas"]["ProofStep"][];
        };
        Budget: {
            id: string;
            /** Format: int64 */
            limit: number;
            name: components["schemas"]["Text"];
            sources?: string[];
            /** Format: int64 */
            spent?: number;
            years?: number[];
        };
        BuyBackBand: {
            /**
             * Format: int64
             * @description on the first day, fen
             */
            first: number;
            from: string;
            /**
             * Format: int64
             * @description on the last day, fen
             */
            last: number;
            /** @description at the market's price */
            market: boolean;
            /** @description the last day; none for ever */
            until?: string;
        };
        Calendar: {
            /** @description false: no mechanism books records of this kind */
            booked: boolean;
            bookings: components["schemas"]["Booking"][];
        };
        Candidate: {
            /** Format: int64 */
            committed?: number;
            id: string;
            lots: components["schemas"]["Lot"][];
            name: string;
            tags?: {
                [key: string]: string[];
            };
        };
        CandidateField: {
            part: string;
            path: string;
            ref?: string;
            title: components["schemas"]["Text"];
            /** @enum {string} */
            type: "money" | "count" | "number" | "share" | "ref" | "choice";
        };
        CandidateRow: {
            case: string;
            /** Format: int64 */
            opinions?: number;
            part: string;
            record: string;
            region: string;
            /** Format: double */
            score?: number;
            /** Format: double */
            spread?: number;
            state: components["schemas"]["StateRef"];
            title: string;
            unit: string;
            values: {
                [key: string]: unknown;
            };
        };
        Candidates: {
            fields: components["schemas"]["CandidateField"][];
            more: boolean;
            rows: components["schemas"]["CandidateRow"][];
        };
        CasePage: {
            items: components["schemas"]["Item"][];
            next?: string;
        };
        CatalogueItem: {
            id: string;
            /** @description where the name has the words that were looked for, in units of UTF-16 */
            marks: components["schemas"]["Mark"][];
            name: string;
            values: {
                [key: string]: unknown;
            };
        };
        CatalogueKind: {
            called: string;
            /** Format: int64 */
            count: number;
            /** @description those that are public */
            fields: components["schemas"]["RecordField"][];
            name: string;
            title: components["schemas"]["Text"];
        };
        CataloguePage: {
            items: components["schemas"]["CatalogueItem"][];
            more: boolean;
            /** @description of the parties and records that values name by id */
            names: {
                [key: string]: string;
            };
            notes: components["schemas"]["Text"][];
        };
        Cell: {
            area: string;
            file: string;
            item: string;
            /** Format: int64 */
            line: number;
            /**
             * Format: int64
             * @description digits behind the point that were printed
             */
            places: number;
            unit?: string;
            /**
             * Format: int64
             * @description in ten-thousandths
             */
            v: number;
            /** Format: int64 */
            year: number;
        };
        ChainFiles: {
            /** @description workbooks (.xlsx) in base64, by name */
            books?: {
                [key: string]: string;
            };
            /** @description tables (CSV) or a map (JSON), by name */
            files?: {
                [key: string]: string;
            };
            source: string;
            /** @description only tell what would be taken in */
            try?: boolean;
        };
        ChainItem: {
            code: string;
            /** Format: int64 */
            nodes: number;
            title: components["schemas"]["Text"];
        };
        ChainNode: {
            assessed?: components["schemas"]["Assessment"];
            chains?: string[];
            class?: string;
            final?: boolean;
            id: string;
            kind: string;
            name: components["schemas"]["Text"];
            note?: string;
            public?: boolean;
            spot: components["schemas"]["Spot"];
            stage?: string;
            supplies?: components["schemas"]["Supply"][];
            /** Format: int64 */
            target?: number;
            /** Format: int64 */
            trl?: number;
        };
        ChainStatements: {
            statements: components["schemas"]["Statement"][];
        };
        ChainTaken: {
            /** Format: int64 */
            edges: number;
            /** Format: int64 */
            nodes: number;
            /**
             * Format: int64
             * @description rows that the map has already
             */
            same: number;
            /** Format: int64 */
            supplies: number;
        };
        ChainView: {
            arcs: components["schemas"]["Arc"][];
            chain: string;
            countries?: components["schemas"]["Loss"][];
            cuts?: string[];
            cycles?: string[][];
            /** @description as they were stated, with their sources */
            edges: components["schemas"]["Edge"][];
            finals?: components["schemas"]["Final"][];
            /** Format: int64 */
            height: number;
            /** Format: int64 */
            layers: number;
            /** @description for staff: where a node leads, by its name */
            leads?: components["schemas"]["NodeLead"][];
            may_edit: boolean;
            /**
             * Format: int64
             * @description number of the newest change
             */
            newest: number;
            nodes: components["schemas"]["ChainNode"][];
            /** @description nodes by score, worst first */
            order?: string[];
        };
        Change: {
            account: string;
            act: string;
            /** Format: date-time */
            at: string;
            fields: components["schemas"]["FieldChange"][];
            /** Format: int64 */
            revision: number;
            who: string;
        };
        Checked: {
            /** Format: int64 */
            cells: number;
            findings: components["schemas"]["Mismatch"][];
            /** Format: int64 */
            held: number;
        };
        Choice: {
            cite?: string;
            title: components["schemas"]["Text"];
            value: string;
        };
        ChosenRecord: {
            called?: string;
            case: string;
            field: components["schemas"]["Text"];
            form: components["schemas"]["Text"];
            /** Format: int64 */
            number?: number;
            part?: components["schemas"]["Text"];
            record: components["schemas"]["Record"];
            state: components["schemas"]["StateRef"];
            title: string;
        };
        Claim: {
            account?: string;
            /** Format: date-time */
            at: string;
            case?: string;
            field: string;
            from: string;
            import?: string;
            office?: string;
            party?: string;
            reason?: string;
            record: string;
            /** Format: int64 */
            revision: number;
            /** Format: int64 */
            seq: number;
            state: string;
            /** Format: int64 */
            step?: number;
            value: unknown;
            verified: boolean;
            /** Format: date-time */
            verifiedAt?: string;
            verifiedBy?: string;
            who: string;
        };
        ClaimDecision: {
            field: string;
            /** Format: int64 */
            seq: number;
            take: boolean;
        };
        Cockpit: {
            day: string;
            figures: components["schemas"]["FigureCard"][];
            /** @description the last month that is frozen */
            frozen?: string;
            known?: string;
        };
        Code: {
            code: string;
            parent?: string;
            title: components["schemas"]["Text"];
        };
        Column: {
            example?: string;
            key: string;
            kind: string;
            note?: components["schemas"]["Text"];
            required: boolean;
            title: components["schemas"]["Text"];
        };
        Compromise: {
            /** Format: int64 */
            a: number;
            /** Format: int64 */
            b: number;
            chosen: components["schemas"]["Award"][];
            proved: boolean;
        };
        Concentration: {
            countries?: components["schemas"]["Holding"][];
            /** Format: int64 */
            country_hhi: number;
            estimated?: boolean;
            /** Format: int64 */
            firm_hhi: number;
            firms?: components["schemas"]["Holding"][];
            known: boolean;
        };
        Condition: {
            because?: components["schemas"]["Text"];
            field?: string;
            /** @description the document and clause */
            rule?: string;
            source: string;
            way?: components["schemas"]["Text"];
        };
        Confirmation: {
            skipBad: boolean;
        };
        Conflict: {
            limits: components["schemas"]["WayOut"][];
            sure: boolean;
        };
        Contested: {
            claim: components["schemas"]["Claim"];
            field: components["schemas"]["RecordField"];
            kind: components["schemas"]["Text"];
            names: {
                [key: string]: string;
            };
            record: components["schemas"]["Record"];
        };
        Credentials: {
            login: string;
            password: string;
        };
        Deadline: {
            do: components["schemas"]["Text"][];
            escalate?: string;
            /** @description in words: 15 个工作日内,逾期提醒经办人 */
            text: components["schemas"]["Text"];
            to: components["schemas"]["Way"][];
        };
        Delegation: {
            case?: string;
            /** Format: date-time */
            from: string;
            id: string;
            seat?: string;
            to: string;
            /** Format: date-time */
            until: string;
        };
        DemoAccount: {
            does: components["schemas"]["Text"];
            login: string;
            name: string;
            password: string;
        };
        Dependency: {
            all?: string[];
            any?: string[];
            candidate: string;
            id: string;
            name: components["schemas"]["Text"];
        };
        Desk: {
            changed: components["schemas"]["HistoryItem"][];
            messages: components["schemas"]["MessageView"][];
            others: components["schemas"]["Item"][];
            taxes?: components["schemas"]["FeeMonth"][];
            waiting: components["schemas"]["Item"][];
        };
        Difference: {
            file: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            now?: string;
            /** @description keys from the top of the file, joined by dots */
            path?: string;
            was?: string;
            /** @description the same in words */
            where: components["schemas"]["Text"];
        };
        Disclosure: {
            case?: string;
            confirmed?: string;
            mechanism?: string;
            over: boolean;
            until?: string;
        };
        DistinctRequest: {
            a: string;
            b: string;
            reason: string;
        };
        DoRef: {
            /** Format: int64 */
            number?: number;
            part?: string;
            record: string;
            step: string;
            title: components["schemas"]["Text"];
        };
        Document: {
            digest: string;
            name: string;
            /** Format: int64 */
            size: number;
        };
        DocumentView: {
            /** Format: date-time */
            at: string;
            digest: string;
            made: boolean;
            name: string;
            /** Format: int64 */
            size: number;
            title?: components["schemas"]["Text"];
        };
        Dossier: {
            case: string;
            digest?: string;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            files?: number;
            /** Format: date-time */
            finished?: string;
            id: string;
            /** Format: date-time */
            ordered: string;
            /** Format: int64 */
            size?: number;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed";
            /** Format: int64 */
            total: number;
        };
        Draft: {
            part?: string;
            record?: string;
            values: unknown;
        };
        DrawView: {
            /** Format: date-time */
            at: string;
            beacon?: string;
            /** Format: int64 */
            changed: number;
            changes: components["schemas"]["ExpertChange"][];
            commitment: string;
            /** Format: int64 */
            drawn: number;
            /** Format: int64 */
            excluded: number;
            explained?: components["schemas"]["Text"][];
            file?: string;
            id: string;
            leaf: string;
            /** Format: int64 */
            pool: number;
            seed: string;
            wrong?: string;
        };
        DueItem: {
            /** Format: date-time */
            changed: string;
            day: string;
            id: string;
            kind: string;
            name: string;
            owner?: string;
            ownerName?: string;
            past?: boolean;
            retired?: boolean;
            /** Format: int64 */
            revision: number;
            status?: string;
            values: {
                [key: string]: unknown;
            };
        };
        DueList: {
            items: components["schemas"]["DueItem"][];
            next?: string;
        };
        Duplicate: {
            a: components["schemas"]["Twin"];
            against: components["schemas"]["Text"][];
            b: components["schemas"]["Twin"];
            reasons: components["schemas"]["Text"][];
            /**
             * Format: double
             * @description 0 to 1, for ordering
             */
            weight: number;
            /** @enum {string} */
            what: "party" | "record";
        };
        Edge: {
            from: string;
            is: string;
            public?: boolean;
            source?: string;
            to: string;
            /** Format: int64 */
            weight?: number;
        };
        Edit: {
            drop?: boolean;
            /** @description path within the pack, such as mechanisms/jiebang.yaml */
            file: string;
            text?: string;
        };
        Edition: {
            /** Format: date-time */
            at: string;
            /** @description digest of the edition that it changes */
            base: string;
            /** @description who proposed it */
            by: string;
            /** Format: date-time */
            decided?: string;
            decider?: string;
            digest: string;
            /** @description the day from which what is opened is opened under it */
            from: string;
            id: string;
            in_force: boolean;
            /** @description the asker proposed it */
            mine: boolean;
            note: string;
            reason?: string;
            /** @enum {string} */
            state: "proposed" | "adopted" | "withdrawn";
            version: string;
        };
        EditionCommand: {
            edits?: components["schemas"]["Edit"][];
            from: string;
            /** @description why, and by which document */
            note: string;
            /** @description not edits, but the pack that the program was started with, whole */
            shipped?: boolean;
        };
        EditionReceipt: {
            id: string;
            /** @description digest of the act's leaf in the journal */
            leaf: string;
        };
        EditionTrial: {
            edition: components["schemas"]["Edition"];
            trial: components["schemas"]["Trial"];
        };
        EditsBody: {
            edits?: components["schemas"]["Edit"][];
            shipped?: boolean;
        };
        Exclusive: {
            /** Format: int64 */
            at_most: number;
            candidates: string[];
            id: string;
            name: components["schemas"]["Text"];
        };
        ExpertChange: {
            account: string;
            act: string;
            /** Format: date-time */
            at: string;
            fields: components["schemas"]["FieldChange"][];
            name: string;
            party: string;
            /** Format: int64 */
            revision: number;
            who: string;
        };
        Fact: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            case: string;
            day: string;
            dims?: {
                [key: string]: string;
            };
            id: string;
            kind: string;
            memo?: string;
            record: string;
            reverses?: string;
            /** Format: int64 */
            seq: number;
            until?: string;
        };
        FactView: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            case: string;
            day: string;
            dims?: {
                [key: string]: string;
            };
            id: string;
            import?: string;
            importId?: string;
            kind: string;
            leaf?: string;
            mechanism?: string;
            memo?: string;
            papers: string[];
            record: string;
            register?: string;
            reverses?: string;
            /** Format: int64 */
            seq: number;
            step?: components["schemas"]["Text"];
            title: string;
            until?: string;
            who?: string;
        };
        FeeLine: {
            /** Format: date-time */
            at: string;
            case: string;
            for: components["schemas"]["Text"];
            /** Format: int64 */
            gross: number;
            name: string;
            /** Format: int64 */
            net: number;
            party: string;
            /** Format: int64 */
            tax: number;
            /** @description of the case */
            title: string;
        };
        FeeMonth: {
            /** @description last day to hand it in */
            due?: string;
            /** @description in the order in which they were paid */
            fees?: components["schemas"]["FeeLine"][];
            /** Format: int64 */
            gross: number;
            /** @example 2026-01 */
            month: string;
            /** Format: int64 */
            net: number;
            /** Format: int64 */
            people: number;
            receipts?: components["schemas"]["FeeReceipt"][];
            /**
             * Format: int64
             * @description handed in to the tax office
             */
            remitted: number;
            /** @description the clause that says so */
            rule?: string;
            /**
             * @description none: nothing was withheld; open: the month goes on; late: the last day is over
             * @enum {string}
             */
            standing: "none" | "open" | "due" | "late" | "done";
            /**
             * Format: int64
             * @description withheld
             */
            tax: number;
        };
        FeeReceipt: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            leaf: string;
            /** @description of the tax receipt */
            number: components["schemas"]["Text"];
        };
        Field: {
            cases?: string[];
            choices?: components["schemas"]["Choice"][];
            ends?: string[];
            fill?: string;
            full?: string;
            fullMark?: string;
            help?: components["schemas"]["Text"];
            ident?: string;
            kind?: string;
            /** Format: int64 */
            max?: number;
            /** Format: int64 */
            min?: number;
            name: string;
            negative?: boolean;
            optional?: boolean;
            owner?: string;
            party?: string;
            public?: boolean;
            ref?: string;
            rows?: components["schemas"]["Field"][];
            title: components["schemas"]["Text"];
            type: string;
            unit?: string;
            who?: boolean;
            whole?: string;
            within?: string;
        };
        FieldChange: {
            field: string;
            from: string;
            title: components["schemas"]["Text"];
            to: string;
        };
        FieldChoice: {
            title: components["schemas"]["Text"];
            value: string;
        };
        FigureCard: {
            aim?: components["schemas"]["Aim"];
            /** Format: int64 */
            alerts: number;
            /**
             * Format: int64
             * @description place in the cockpit; 0: not there
             */
            cockpit?: number;
            /**
             * Format: int64
             * @description against a year before by the same definition, parts per million; null for ratios and where that was zero
             */
            growth: number | null;
            /** @description of a figure of the year that has nothing in it yet: its value at the end of the last year that has; growth and spark are of that day then */
            latest?: components["schemas"]["Value"];
            name: string;
            /** @description year, cumulative, in_force */
            period: string;
            /** @description month ends, the last is the day itself */
            spark: components["schemas"]["MonthValue"][];
            title: components["schemas"]["Text"];
            /** @description 元: value in fen; %: in parts per million; else a number */
            unit: string;
            value: components["schemas"]["Value"];
        };
        FigureDim: {
            name: string;
            /** @description why its parts are not added */
            overlap?: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        FigureFacts: {
            items: components["schemas"]["Fact"][];
            /** @description titles */
            kinds: {
                [key: string]: components["schemas"]["Text"];
            };
            next?: string;
            of: {
                [key: string]: string;
            };
            titles: {
                [key: string]: components["schemas"]["Text"];
            };
        };
        FigureOverlap: {
            figure: string;
            title: components["schemas"]["Text"];
            why: components["schemas"]["Text"];
        };
        FigurePage: {
            aim?: components["schemas"]["Aim"];
            alerting: components["schemas"]["Alert"][];
            /** Format: int64 */
            alerts: number;
            baseline?: components["schemas"]["FigureValue"];
            /** @description what others publish */
            beside: components["schemas"]["BesideFigure"][];
            /** @description the document and clause */
            cite: string;
            /**
             * Format: int64
             * @description place in the cockpit; 0: not there
             */
            cockpit?: number;
            code?: string;
            /** @description what the rule of the day counts, in words */
            counts: components["schemas"]["Text"][];
            dims: components["schemas"]["FigureDim"][];
            evidence?: components["schemas"]["Text"];
            /**
             * Format: int64
             * @description against a year before by the same definition, parts per million; null for ratios and where that was zero
             */
            growth: number | null;
            /** @description the same day a year before, by the same definition */
            lastYear?: components["schemas"]["Value"];
            /** @description of a figure of the year that has nothing in it yet: its value at the end of the last year that has; growth and spark are of that day then */
            latest?: components["schemas"]["Value"];
            means: components["schemas"]["Text"];
            /** @description whose steps record what it counts */
            mechanisms: components["schemas"]["MechanismTitle"][];
            name: string;
            /** @description figures that it is never added to */
            overlaps: components["schemas"]["FigureOverlap"][];
            /** @description year, cumulative, in_force */
            period: string;
            reported: components["schemas"]["Reported"][];
            reports: components["schemas"]["Report"][];
            /** @description oldest first; the last is in force */
            rules: components["schemas"]["FigureRule"][];
            scope?: components["schemas"]["Text"];
            series: components["schemas"]["MonthValue"][];
            since?: string;
            /** @description month ends, the last is the day itself */
            spark: components["schemas"]["MonthValue"][];
            targets: components["schemas"]["Target"][];
            title: components["schemas"]["Text"];
            trust?: string;
            /** @description 元: value in fen; %: in parts per million; else a number */
            unit: string;
            value: components["schemas"]["Value"];
        };
        FigureParts: {
            dims: string[];
            overlap?: components["schemas"]["Text"];
            parts: components["schemas"]["Part"][];
            /** Format: int64 */
            sum: number;
            /** @description of keys, where a taxonomy has them */
            titles: {
                [key: string]: components["schemas"]["Text"];
            };
            value: components["schemas"]["Value"];
        };
        FigureRule: {
            apart?: string[];
            by?: string;
            facts?: string[];
            figures?: string[];
            from?: string;
            late: string;
            less?: string[];
            version: string;
            way: string;
            where?: {
                [key: string]: string[];
            };
        };
        FigureValue: {
            at: string;
            /** Format: int64 */
            value: number;
        };
        Final: {
            node: string;
            single: string[];
        };
        Finding: {
            code: string;
            /** Format: int64 */
            col: number;
            file: string;
            hint?: components["schemas"]["Text"];
            /** Format: int64 */
            line: number;
            message: components["schemas"]["Text"];
            path?: string[];
            proof: string;
        };
        Form: {
            fields: components["schemas"]["Field"][];
            made?: boolean;
            name: string;
            offices?: boolean;
            title: components["schemas"]["Text"];
        };
        FormView: {
            /** Format: date-time */
            at: string;
            by: string;
            digest: string;
            form: components["schemas"]["Form"];
            record: string;
            values: {
                [key: string]: unknown;
            };
        };
        Freeze: {
            account: string;
            /** Format: date-time */
            at: string;
            body: string;
            digest: string;
            month: string;
            signed: string;
        };
        FreezeRequest: {
            /** @description 2025-06 */
            month: string;
        };
        FreshToken: {
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            ends: string;
            id: string;
            name: string;
            scopes: string[];
            /** @description send it as Authorization: Bearer …; it is never shown again */
            secret: string;
            /** Format: date-time */
            used?: string;
        };
        Frontier: {
            a: string;
            b: string;
            complete: boolean;
            points: components["schemas"]["Compromise"][];
            proved: boolean;
        };
        Fund: {
            /**
             * Format: int64
             * @description ever, of all years
             */
            appropriated: number;
            /**
             * Format: int64
             * @description promised to nobody
             */
            free: number;
            /** Format: int64 */
            held: number;
            /**
             * Format: int64
             * @description came in besides what was appropriated: interest and penalties on what was claimed back
             */
            interest: number;
            /** @description months in which money moved, oldest first */
            months: components["schemas"]["FundMonth"][];
            name: string;
            /**
             * Format: int64
             * @description claimed back and not yet collected
             */
            owed: number;
            /** Format: int64 */
            paid: number;
            /** @description public money: nothing is paid before approval and a notice that stood */
            public: boolean;
            title: components["schemas"]["Text"];
            years: components["schemas"]["FundYear"][];
        };
        FundAccount: {
            /**
             * Format: int64
             * @description traced: of what investments gave back
             */
            back: number;
            /**
             * Format: int64
             * @description promised and not called yet
             */
            callable: number;
            /** Format: int64 */
            committed: number;
            /** Format: int64 */
            held: number;
            /**
             * Format: int64
             * @description traced: paid in and not invested yet
             */
            idle: number;
            /** Format: int64 */
            invested: number;
            /** @description every payment between it and the fund, oldest first */
            lines: components["schemas"]["FundLine"][];
            /**
             * Format: int64
             * @description traced: of investments that ended, what never came back
             */
            lost: number;
            name?: string;
            /** Format: int64 */
            paid: number;
            party?: string;
            /** Format: int64 */
            returned: number;
            /** @enum {string} */
            source: "fiscal" | "state" | "social" | "team" | "";
            /**
             * Format: int64
             * @description of the fund's shares, rounded down
             */
            stake: number;
        };
        FundFlow: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            case: string;
            /** @enum {string} */
            kind: "call" | "refund" | "invest" | "exit" | "distribute" | "manager";
            memo: components["schemas"]["Text"];
            name: string;
            party: string;
            source?: string;
        };
        FundLine: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            case: string;
            /** @enum {string} */
            kind: "call" | "refund" | "invest" | "exit" | "distribute" | "manager";
            memo: components["schemas"]["Text"];
            name: string;
            /**
             * Format: int64
             * @description in so far, less what was given back unspent
             */
            paid: number;
            party: string;
            /**
             * Format: int64
             * @description out so far
             */
            returned: number;
            source?: string;
        };
        FundMonth: {
            /**
             * Format: int64
             * @description claimed back, and it came
             */
            back: number;
            /**
             * Format: int64
             * @description promised, less what was released or paid
             */
            held: number;
            /** @example 2026-01 */
            month: string;
            /** Format: int64 */
            paid: number;
        };
        FundPage: {
            /** @description the reader's own: what it promised and may yet be asked for, what of the fund is its money, each payment */
            accounts: components["schemas"]["FundAccount"][];
            /** Format: int64 */
            cash: number;
            /** @description every payment, oldest first */
            flows: components["schemas"]["FundFlow"][];
            kind: string;
            name: string;
            owner?: string;
            partners: components["schemas"]["FundPartner"][];
            /** @description investments, oldest first */
            positions: components["schemas"]["FundPosition"][];
            record: string;
            /** @description the partners of a kind of money, added up */
            sources: components["schemas"]["FundPartner"][];
            status?: string;
            /** @description all is shown; else only what everyone may read: who holds title, or shares, today */
            whole: boolean;
        };
        FundPartner: {
            /** Format: int64 */
            committed: number;
            /** Format: int64 */
            held: number;
            /** Format: int64 */
            invested: number;
            name?: string;
            /** Format: int64 */
            paid: number;
            party?: string;
            /** Format: int64 */
            returned: number;
            /** @enum {string} */
            source: "fiscal" | "state" | "social" | "team" | "";
        };
        FundPosition: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            back: number;
            case: string;
            held: boolean;
            /** Format: int64 */
            invested: number;
            name: string;
            of: components["schemas"]["Portion"][];
            party: string;
            returns: components["schemas"]["Portion"][];
            state?: components["schemas"]["Text"];
        };
        FundYear: {
            /** Format: int64 */
            appropriated: number;
            /** Format: int64 */
            year: number;
        };
        Given: {
            /** Format: int64 */
            amount: number;
            to: string;
        };
        Goal: {
            id: string;
            /** Format: int64 */
            least?: number;
            name: components["schemas"]["Text"];
            /** Format: int64 */
            weight: number;
        };
        Grant: {
            /**
             * @description with party
             * @enum {string}
             */
            as?: "agent" | "owner";
            /** @description bureau.leaders, district/210112 */
            office?: string;
            /** @description id of the party the account may act for */
            party?: string;
            /** @enum {string} */
            role?: "admin.system" | "admin.security" | "admin.audit" | "auditor" | "register" | "finance" | "statistics" | "policy";
        };
        Group: {
            name: string;
            title: components["schemas"]["Text"];
        };
        Growing: {
            /** Format: int64 */
            percent: number;
            /** @description what is being entered */
            what: components["schemas"]["Text"];
        };
        Hall: {
            items: components["schemas"]["HallItem"][];
            next?: string;
        };
        HallItem: {
            case: string;
            /** Format: date-time */
            due?: string;
            fields: {
                [key: string]: unknown;
            };
            kind: string;
            mechanism: components["schemas"]["MechanismRef"];
            /** Format: date-time */
            since: string;
            state: components["schemas"]["StateRef"];
            title: string;
            waits?: components["schemas"]["Text"];
            /** Format: int64 */
            workdays?: number;
        };
        HandedDecision: {
            reason?: string;
            /** Format: int64 */
            revision: number;
            take: boolean;
        };
        HandedPage: {
            /** Format: date-time */
            at: string;
            decide: boolean;
            form?: components["schemas"]["RecordKind"];
            id: string;
            judge?: string;
            /** Format: date-time */
            judged?: string;
            kind: string;
            kindTitle: components["schemas"]["Text"];
            mine: boolean;
            name: string;
            names: {
                [key: string]: string;
            };
            owner: string;
            ownerName: string;
            reason?: string;
            record?: string;
            /** Format: int64 */
            revision: number;
            /** @enum {string} */
            state: "waiting" | "taken" | "refused" | "withdrawn";
            values: {
                [key: string]: unknown;
            };
            who: string;
        };
        Health: {
            ok: boolean;
            store: boolean;
            version: string;
        };
        HistoryItem: {
            case: string;
            step: components["schemas"]["HistoryView"];
            title: string;
        };
        HistoryView: {
            /** Format: date-time */
            at: string;
            from?: components["schemas"]["Text"];
            /** Format: int64 */
            index?: number;
            leaf: string;
            /** Format: int64 */
            number?: number;
            part?: string;
            reason?: string;
            record: string;
            seat: components["schemas"]["Text"];
            /** Format: int64 */
            seq: number;
            step: string;
            title: components["schemas"]["Text"];
            to?: components["schemas"]["Text"];
            who: string;
        };
        Hit: {
            id: string;
            kind?: string;
            kindTitle: components["schemas"]["Text"];
            marks: components["schemas"]["Mark"][];
            note?: string;
            text?: string;
            textMarks: components["schemas"]["Mark"][];
            title: string;
            /** @enum {string} */
            what: "party" | "record" | "case" | "policy";
        };
        Holder: {
            account: string;
            name: string;
        };
        HolderView: {
            name: string;
            office?: string;
            party?: string;
        };
        Holding: {
            minor?: boolean;
            name: string;
            /** Format: int64 */
            ppm: number;
        };
        HoldingView: {
            name: string;
            party: string;
            pledged?: boolean;
            right: string;
            /** Format: int64 */
            share: number;
            until?: string;
        };
        Import: {
            account: string;
            /** Format: int64 */
            bad: number;
            /** Format: date-time */
            created: string;
            /** Format: int64 */
            done: number;
            format: string;
            /** Format: int64 */
            good: number;
            id: string;
            kind: string;
            name: string;
            notes: components["schemas"]["Text"][];
            /** Format: int64 */
            size: number;
            skipBad: boolean;
            state: string;
            /** Format: int64 */
            total: number;
            /** Format: date-time */
            updated: string;
            /** Format: int64 */
            written: number;
        };
        ImportPage: {
            items: components["schemas"]["Import"][];
            next?: string;
        };
        Inside: {
            /** Format: int64 */
            number: number;
            part: components["schemas"]["Text"];
            who?: string;
        };
        Item: {
            case: string;
            do?: components["schemas"]["DoRef"][];
            /** Format: date-time */
            due?: string;
            mechanism: components["schemas"]["MechanismRef"];
            /** Format: date-time */
            opened: string;
            party: string;
            /** Format: date-time */
            since: string;
            state: components["schemas"]["StateRef"];
            title: string;
            waits?: components["schemas"]["Text"];
            /** Format: int64 */
            workdays?: number;
        };
        KindTitle: {
            kind: string;
            title: components["schemas"]["Text"];
        };
        KindView: {
            asks?: boolean;
            bars?: components["schemas"]["RecordBars"];
            called: string;
            /** Format: int64 */
            count: number;
            expires?: string;
            fields: components["schemas"]["RecordField"][];
            /** @description owners may hand in their own, which wait for review */
            hand: boolean;
            interests?: boolean;
            judges?: components["schemas"]["RecordJudges"];
            makerName?: string;
            makers?: string;
            name: string;
            offers?: boolean;
            owner?: string;
            public?: boolean;
            readers?: string[];
            rights?: boolean;
            shares?: boolean;
            /** @description the kind of its workbook */
            sheet: string;
            status?: string;
            title: components["schemas"]["Text"];
            unique?: string[][];
        };
        LienView: {
            /** Format: int64 */
            amount?: number;
            case?: string;
            ended?: string;
            ending?: string;
            field?: string;
            from: string;
            giver: string;
            holder: string;
            kind: string;
            number?: string;
            record?: string;
            record_name?: string;
            scope?: string;
            territory?: string;
            until?: string;
        };
        LimitCost: {
            /** Format: int64 */
            at_most: number;
            /** Format: int64 */
            gain: number;
            id: string;
            kind: string;
            name: components["schemas"]["Text"];
            next?: components["schemas"]["NextMoney"][];
        };
        LimitUse: {
            id: string;
            kind: string;
            /** Format: int64 */
            least?: number;
            /** Format: int64 */
            most?: number;
            name: components["schemas"]["Text"];
            tight: boolean;
            unit: string;
            /** Format: int64 */
            used: number;
        };
        LinkView: {
            case: string;
            label?: string;
            link: string;
            mechanism: components["schemas"]["Text"];
            seen: boolean;
            state?: components["schemas"]["StateRef"];
            title?: components["schemas"]["Text"];
        };
        LogEntry: {
            account?: string;
            /** Format: date-time */
            at?: string;
            /** @description or what else the leaf is of: figures, import/…, pack/…, fund/… */
            case?: string;
            digest: string;
            /** Format: int64 */
            index: number;
            /**
             * Format: int64
             * @description within the case
             */
            seq?: number;
            step?: string;
            told?: components["schemas"]["LogTold"];
        };
        LogGrowth: {
            checkpoint: string;
            /** Format: int64 */
            from: number;
            hashes: string[];
            root: string;
            /** Format: int64 */
            size: number;
        };
        LogHead: {
            /**
             * Format: date-time
             * @description when it was signed
             */
            at?: string;
            /** @description the signed note; empty while nothing was sealed */
            checkpoint: string;
            /** @description the public key, in the note format of Go's checksum database */
            key: string;
            /** @description the log's name */
            origin: string;
            root: string;
            /** Format: int64 */
            size: number;
        };
        LogPage: {
            items: components["schemas"]["LogEntry"][];
            /**
             * Format: int64
             * @description before of the next page
             */
            next?: number;
        };
        LogProof: {
            checkpoint: string;
            hashes: string[];
            /** Format: int64 */
            index: number;
            key: string;
            leaf: string;
            root: string;
            /** Format: int64 */
            size: number;
        };
        LogTold: {
            /** @description its case may be opened */
            opens: boolean;
            /** @description from which it was done in a case */
            seat: components["schemas"]["Text"];
            step: components["schemas"]["Text"];
            /** @description of the case, or what else it is of */
            title: components["schemas"]["Text"];
            /** @description who did what is of no case */
            who?: string;
        };
        Loss: {
            country: string;
            direct: string[];
            follows: string[];
        };
        Lot: {
            costs: components["schemas"]["Outlay"][];
            name?: string;
            scores: {
                [key: string]: components["schemas"]["Score"];
            };
        };
        Machine: {
            name: string;
            of?: string;
            seats: components["schemas"]["Seat"][];
            states: components["schemas"]["State"][];
            title: components["schemas"]["Text"];
        };
        Map: {
            edges: components["schemas"]["Edge"][];
            nodes: components["schemas"]["Node"][];
            supplies?: components["schemas"]["Supply"][];
        };
        Mark: {
            /** Format: int64 */
            end: number;
            /** Format: int64 */
            start: number;
        };
        MarkColumn: {
            given: boolean;
            /** Format: int64 */
            number: number;
            said?: string[];
            state: components["schemas"]["StateRef"];
            total?: string;
            who?: string;
        };
        MarkRow: {
            full: string;
            marks: string[];
            mean: string;
            title: components["schemas"]["Text"];
        };
        MarkSheet: {
            columns: components["schemas"]["MarkColumn"][];
            form: components["schemas"]["Text"];
            full: string;
            /** Format: date-time */
            opened: string;
            part: components["schemas"]["Text"];
            rows: components["schemas"]["MarkRow"][];
            total: string;
            void?: boolean;
        };
        MatchAnswer: {
            /** @description what the need should say and does not */
            advice: components["schemas"]["Text"][];
            matches: components["schemas"]["MatchView"][];
            /** @description simple, complex or not_real: a proposal, a person decides */
            path: string;
            why: components["schemas"]["Text"];
        };
        MatchView: {
            /** @description it was offered after the need was entered */
            fresh?: boolean;
            kind: string;
            /**
             * Format: double
             * @description expected level: 4 strong to 1 unrelated
             */
            level: number;
            missing: components["schemas"]["Text"][];
            /** @description an expert or a team */
            party?: string;
            reasons: components["schemas"]["Text"][];
            /** @description of the register */
            record?: string;
            /** @description what each signal did to it, the largest first */
            shares: components["schemas"]["ShareView"][];
            title: string;
        };
        Mechanism: {
            basis: components["schemas"]["Basis"][];
            forms: components["schemas"]["Form"][];
            /** @description the case's own flow first, then each part's */
            machines: components["schemas"]["Machine"][];
            name: string;
            opener: string;
            /** @description the numbers that its rules and effects read */
            params: components["schemas"]["Param"][];
            proofs: components["schemas"]["Proof"][];
            purpose: components["schemas"]["Text"];
            rules: components["schemas"]["RuleLine"][];
            seats: components["schemas"]["Seat"][];
            /** @description the definition as it was written */
            source: string;
            title: components["schemas"]["Text"];
            version: string;
        };
        MechanismItem: {
            /** @description under which heading it is offered */
            group?: components["schemas"]["Group"];
            name: string;
            /** @description the account could open one */
            open: boolean;
            opener: components["schemas"]["Seat"];
            /** @description for whom */
            parties: components["schemas"]["PartyTitle"][];
            /** @description every proof holds */
            proved: boolean;
            purpose: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
            version: string;
        };
        MechanismRef: {
            name: string;
            title: components["schemas"]["Text"];
            version: string;
        };
        MechanismTitle: {
            name: string;
            title: components["schemas"]["Text"];
        };
        Meeting: {
            agenda: components["schemas"]["MeetingItem"][];
            /** Format: int64 */
            byNumber: number;
            cases: components["schemas"]["MeetingCase"][];
            criteria: components["schemas"]["MeetingMark"][];
            /** Format: int64 */
            exits: number;
            experts: components["schemas"]["MeetingExpert"][];
            /** Format: double */
            full: number;
            least: boolean;
            orders: components["schemas"]["MeetingOrder"][];
            outliers: components["schemas"]["MeetingOutlier"][];
            /** Format: int64 */
            pending: number;
            proposals: components["schemas"]["MeetingProposal"][];
            sealed: boolean;
            sheets: components["schemas"]["MeetingSheet"][];
            undecided: boolean;
        };
        MeetingCase: {
            case: string;
            state: components["schemas"]["StateRef"];
            title: string;
        };
        MeetingExpert: {
            /** Format: double */
            bias?: number;
            /** Format: int64 */
            given: number;
            name: string;
            party: string;
        };
        MeetingFlip: {
            above: string;
            below: string;
            expert: string;
        };
        MeetingItem: {
            in: string[];
            leaves: string[];
            out: string[];
            proposal: string;
        };
        MeetingMark: {
            /** Format: double */
            full: number;
            name: string;
            title: components["schemas"]["Text"];
        };
        MeetingOrder: {
            apart: string[][];
            flips: components["schemas"]["MeetingFlip"][];
            rows: components["schemas"]["MeetingPlace"][];
            /** @enum {string} */
            way: "trimmed_mean" | "calibrated" | "mean_rank";
        };
        MeetingOutlier: {
            expert: string;
            /** Format: double */
            given: number;
            /** Format: double */
            others: number;
            proposal: string;
        };
        MeetingPlace: {
            /** Format: double */
            error: number;
            /** Format: int64 */
            place: number;
            proposal: string;
            rivals: string[];
            /** Format: int64 */
            sheets: number;
            /** Format: double */
            value: number;
        };
        MeetingProposal: {
            case: string;
            id: string;
            label: string;
            leaves: string[];
            /** Format: int64 */
            number?: number;
            state: components["schemas"]["StateRef"];
            warns: string[];
            who?: string;
        };
        MeetingSheet: {
            expert: string;
            marks: {
                [key: string]: number;
            };
            proposal: string;
            texts: string[];
            /** Format: double */
            total: number;
        };
        Member: {
            kind: string;
            name: string;
            party: string;
            role: string;
        };
        Memo: {
            costs?: components["schemas"]["LimitCost"][];
            front?: components["schemas"]["Frontier"];
            last?: components["schemas"]["Award"][];
            plan: components["schemas"]["Plan"];
            proof?: components["schemas"]["BoundProof"];
            question: components["schemas"]["Question"];
            reasons?: components["schemas"]["Reason"][];
            stability?: components["schemas"]["Steadiness"];
        };
        MergeRequest: {
            /** @description tell what would follow, and write nothing */
            dryRun?: boolean;
            /** @description id of the one that goes into it */
            goes: string;
            reason: string;
            /** @description id of the one that stays */
            stays: string;
            /** @enum {string} */
            what: "party" | "record";
        };
        MergeResult: {
            /** Format: int64 */
            beside: number;
            /** Format: int64 */
            cases: number;
            dryRun?: boolean;
            name: string;
            /** Format: int64 */
            records: number;
            stays: string;
        };
        Merged: {
            account: string;
            /** Format: date-time */
            at: string;
            id: string;
            reason: string;
            stays: string;
            who: string;
        };
        Message: {
            column: string;
            error: boolean;
            id: string;
            key: string;
            /** Format: int64 */
            line: number;
            text: components["schemas"]["Text"];
            way?: components["schemas"]["Text"];
        };
        MessageView: {
            /** Format: date-time */
            at: string;
            case?: string;
            handed?: string;
            id: string;
            record?: string;
            text: components["schemas"]["Text"];
            title: string;
        };
        Mismatch: {
            area: string;
            cells: components["schemas"]["Cell"][];
            identity: string;
            item: string;
            /** Format: int64 */
            parts: number;
            text: components["schemas"]["Text"];
            verdict: string;
            /** Format: int64 */
            whole: number;
            /** Format: int64 */
            year: number;
        };
        Missed: {
            /** Format: int64 */
            count: number;
            mechanism: string;
            /**
             * Format: date-time
             * @description the first deadline that passed
             */
            since: string;
            state: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        MoneySum: {
            /** Format: int64 */
            cases: number;
            /** Format: int64 */
            owed: number;
            /** Format: int64 */
            paid: number;
        };
        MoneyView: {
            postings: components["schemas"]["PostingView"][];
            pots: components["schemas"]["PotView"][];
        };
        MonthValue: {
            month: string;
            /** Format: int64 */
            value: number | null;
        };
        MoveView: {
            /**
             * Format: int64
             * @description ppm, or whole shares
             */
            amount: number;
            from?: string;
            to?: string;
            /** @description title, use, income, or a class of shares */
            what: string;
        };
        Moved: {
            /** Format: int64 */
            amount: number;
            kind: string;
            who?: string;
        };
        NamedTitle: {
            name: string;
            title: components["schemas"]["Text"];
        };
        NeedText: {
            /** @description code of the industry chain */
            chain?: string;
            /** @description code of the technology field */
            field?: string;
            /** @description of offers: kinds of records, expert, team; none is all */
            kinds?: string[];
            /**
             * Format: int64
             * @description technology readiness that is wanted at least
             */
            ready?: number;
            text?: string;
            title: string;
        };
        NewAccount: {
            /**
             * @description in party
             * @enum {string}
             */
            as?: "agent" | "owner";
            login: string;
            name: string;
            /** @description the first party that it may act for; required of an owner who makes an account for their own party */
            party?: string;
            /** @description id of the person in the register, for experts */
            person?: string;
        };
        NewDelegation: {
            /** Format: date-time */
            from: string;
            /** @description empty: every seat */
            seat?: string;
            /** @description the account that stands in */
            to: string;
            /** Format: date-time */
            until: string;
        };
        NewRecord: {
            kind: string;
            values: {
                [key: string]: unknown;
            };
        };
        NewTie: {
            from?: string;
            /** @enum {string} */
            kind: "kinship" | "co_author" | "supervisor" | "shareholding" | "dispute" | "other";
            note?: string;
            /** @description id of the other party */
            other: string;
            to?: string;
        };
        NewToken: {
            /** Format: int64 */
            days: number;
            name: string;
            scopes: ("read" | "act")[];
        };
        NextMoney: {
            chosen: string[];
            exact: boolean;
            /** Format: int64 */
            gain: number;
            gone: string[];
            /** Format: int64 */
            more: number;
        };
        Node: {
            chains?: string[];
            class?: string;
            final?: boolean;
            id: string;
            kind: string;
            name: components["schemas"]["Text"];
            note?: string;
            public?: boolean;
            stage?: string;
            /** Format: int64 */
            target?: number;
            /** Format: int64 */
            trl?: number;
        };
        NodeItem: {
            /** @description codes of the list that was asked for, else those under which the map files it */
            chains: string[];
            id: string;
            name: components["schemas"]["Text"];
            stage?: string;
        };
        NodeLead: {
            kind?: string;
            mechanism?: string;
            name: string;
            title: components["schemas"]["Text"];
        };
        NoticeView: {
            content: {
                [key: string]: unknown;
            };
            digest: string;
            /** Format: date-time */
            from: string;
            id: string;
            partial?: boolean;
            state: string;
            title: string;
            /** Format: date-time */
            to: string;
        };
        Objection: {
            dryRun?: boolean;
            /** @description real name of the person */
            name: string;
            /** @description 身份证号 or 统一社会信用代码; may also stand in the form */
            number?: string;
            /** @description the part to start, such as objections */
            part: string;
            phone: string;
            reason?: string;
            /** @description the form */
            values: unknown;
        };
        Office: {
            district: boolean;
            name: string;
            title: components["schemas"]["Text"];
        };
        OpenCity: {
            example?: boolean;
            format: string;
            id: string;
            /** @description with which pages are signed (Ed25519, as checkpoints of the journal) */
            key?: string;
            kinds: components["schemas"]["OpenKind"][];
            pack: string;
            region: string;
            title: components["schemas"]["Text"];
        };
        OpenCommand: {
            mechanism: string;
            party?: string;
        };
        OpenItem: {
            /** Format: date-time */
            changed: string;
            digest: string;
            gone?: boolean;
            id: string;
            kind: string;
            name: string;
            names?: {
                [key: string]: string;
            };
            /** Format: int64 */
            revision: number;
            status?: string;
            values?: {
                [key: string]: unknown;
            };
        };
        OpenKind: {
            called: string;
            fields: components["schemas"]["RecordField"][];
            name: string;
            title: components["schemas"]["Text"];
        };
        OptionOf: {
            part?: components["schemas"]["Text"];
            seat?: components["schemas"]["Text"];
        };
        OptionView: {
            draft?: {
                [key: string]: unknown;
            };
            form?: components["schemas"]["Form"];
            needed?: string[];
            /** Format: int64 */
            number?: number;
            of: components["schemas"]["OptionOf"];
            parent?: string;
            part?: string;
            party?: string;
            record?: string;
            refused?: components["schemas"]["Refusal"][];
            say: boolean;
            seat: string;
            signed?: string[];
            sources?: {
                [key: string]: components["schemas"]["Text"];
            };
            step: string;
            tells?: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
            values?: {
                [key: string]: unknown;
            };
        };
        Outlay: {
            /** Format: int64 */
            fen: number;
            source: string;
            /** Format: int64 */
            year: number;
        };
        Outlook: {
            /** Format: int64 */
            High: number;
            /** Format: int64 */
            Low: number;
            /** Format: int64 */
            Mid: number;
            at: string;
        };
        Outside: {
            /** Format: date-time */
            first: string;
            item: components["schemas"]["OpenItem"];
            /** Format: date-time */
            seen: string;
            source: string;
        };
        OutsidePage: {
            items: components["schemas"]["Outside"][];
            next?: string;
        };
        OutsideSource: {
            base: string;
            city: components["schemas"]["OpenCity"];
            /** Format: date-time */
            failed?: string;
            failure?: string;
            /** Format: date-time */
            harvested?: string;
            /** Format: int64 */
            items: number;
        };
        OutsideView: {
            /**
             * Format: int64
             * @description values that stand
             */
            cells: number;
            /** @description area, year, item, value, unit: the heads that the file must have */
            columns: {
                [key: string]: string;
            };
            /** @description identities that fail, by verdict */
            failed: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description identities that hold
             */
            held: number;
            items: {
                [key: string]: components["schemas"]["Text"];
            };
            /** @description figures of ours that it stands beside */
            mapped: {
                [key: string]: components["schemas"]["Text"];
            };
            name: string;
            report?: components["schemas"]["Checked"];
            source: components["schemas"]["Text"];
            tables: components["schemas"]["Taken"][];
            title: components["schemas"]["Text"];
        };
        OverviewChain: {
            /** @description values of the figures beside, in their order */
            beside: number[];
            code: string;
            group?: string;
            /** Format: int64 */
            listed: number;
            /**
             * Format: int64
             * @description listed and not closed
             */
            open: number;
            /**
             * Format: int64
             * @description open over listed, parts per million
             */
            risk: number;
            title: components["schemas"]["Text"];
        };
        OverviewFigure: {
            name: string;
            period: string;
            title: components["schemas"]["Text"];
            unit: string;
            /** Format: int64 */
            value: number | null;
        };
        OverviewFlow: {
            figure: components["schemas"]["OverviewFigure"];
            title: components["schemas"]["Text"];
        };
        OverviewGroup: {
            code: string;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            risk: number;
            title: components["schemas"]["Text"];
        };
        OverviewMoney: {
            /** @description in the order of sources; null where no money of that source enters */
            cells: components["schemas"]["OverviewFigure"][];
            title: components["schemas"]["Text"];
        };
        OverviewPage: {
            beside: components["schemas"]["OverviewFigure"][];
            /** @description most open first */
            chains: components["schemas"]["OverviewChain"][];
            closed?: components["schemas"]["OverviewFigure"];
            day: string;
            flow: components["schemas"]["OverviewFlow"][];
            /** @description most open first */
            groups: components["schemas"]["OverviewGroup"][];
            listed?: components["schemas"]["OverviewFigure"];
            /** @description now, whatever the day */
            missed: components["schemas"]["Missed"][];
            money: components["schemas"]["OverviewMoney"][];
            sources: components["schemas"]["NamedTitle"][];
        };
        OwnerClaim: {
            party: string;
            reason: string;
        };
        PackFile: {
            file: string;
            text: string;
        };
        PanelExpert: {
            barred?: string;
            confirmed?: string;
            fields: string[];
            findings: components["schemas"]["PanelFinding"][];
            marks: components["schemas"]["Text"][];
            name: string;
            /** Format: int64 */
            open: number;
            outside: boolean;
            party: string;
            /** @enum {string} */
            severity?: "forbidden" | "approval" | "warn";
            state?: components["schemas"]["StateRef"];
            unit?: string;
            /** Format: int64 */
            year: number;
        };
        PanelFinding: {
            asked: boolean;
            counts: boolean;
            evidence: string[];
            id: string;
            kind: string;
            rule?: string;
            /** @enum {string} */
            severity: "forbidden" | "approval" | "warn";
            /** @enum {string} */
            sure: "certain" | "likely" | "possible";
            text: components["schemas"]["Text"];
            title?: components["schemas"]["Text"];
        };
        PanelInvited: {
            /** Format: date-time */
            due?: string;
            name: string;
            party: string;
            record: string;
            /** Format: date-time */
            since: string;
            state: components["schemas"]["StateRef"];
        };
        PanelItem: {
            /** Format: int64 */
            accepted: number;
            /** Format: date-time */
            answer?: string;
            /** Format: int64 */
            asked: number;
            case: string;
            do?: components["schemas"]["DoRef"][];
            /** Format: int64 */
            dropped: number;
            /** Format: date-time */
            due?: string;
            /** Format: int64 */
            given: number;
            /** Format: int64 */
            invited: number;
            may: boolean;
            mechanism: components["schemas"]["MechanismRef"];
            /** Format: date-time */
            opened: string;
            party: string;
            sealed: boolean;
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            stage: "forming" | "reviewing" | "over";
            state: components["schemas"]["StateRef"];
            title: string;
            waits?: components["schemas"]["Text"];
            /** Format: int64 */
            wanted: number;
            /** Format: int64 */
            workdays?: number;
        };
        PanelMix: {
            /** Format: int64 */
            least: number;
            title: components["schemas"]["Text"];
        };
        PanelView: {
            /** Format: int64 */
            accepted: number;
            allot?: string;
            /** Format: date-time */
            answer?: string;
            apart: components["schemas"]["HolderView"][];
            /** Format: int64 */
            asked: number;
            case: string;
            dispute?: string;
            do?: components["schemas"]["DoRef"][];
            draw?: string;
            draws: components["schemas"]["DrawView"][];
            /** Format: int64 */
            dropped: number;
            /** Format: date-time */
            due?: string;
            field: string;
            fieldTitle?: components["schemas"]["Text"];
            fingerprint?: string;
            /** Format: int64 */
            free: number;
            /** Format: int64 */
            given: number;
            invitations: components["schemas"]["PanelInvited"][];
            invite?: string;
            /** Format: int64 */
            invited: number;
            may: boolean;
            mechanism: components["schemas"]["MechanismRef"];
            mix: components["schemas"]["PanelMix"][];
            /** Format: int64 */
            more?: number;
            /** Format: int64 */
            openMost?: number;
            /** Format: date-time */
            opened: string;
            /** Format: int64 */
            outsideLeast?: number;
            part: string;
            party: string;
            pool: components["schemas"]["PanelExpert"][];
            sealed: boolean;
            seat: string;
            seatTitle: components["schemas"]["Text"];
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            stage: "forming" | "reviewing" | "over";
            state: components["schemas"]["StateRef"];
            title: string;
            /** Format: int64 */
            unitMost?: number;
            waits?: components["schemas"]["Text"];
            /** Format: int64 */
            wanted: number;
            /** Format: int64 */
            workdays?: number;
        };
        Param: {
            basis: string;
            /** @description 《…》(文号)clause */
            cite: string;
            clause?: string;
            /** @description of the pack, where it stands */
            file: string;
            /** Format: int64 */
            line: number;
            name: string;
            note?: components["schemas"]["Text"];
            source?: components["schemas"]["Basis"];
            /** @description the value as it is said: 300万元, 15 个工作日 */
            text: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
            trust?: string;
            type: string;
            used_by: components["schemas"]["UsedBy"][];
            /** @description fen, ppm, days, or as it is */
            value: unknown;
        };
        ParameterSet: {
            name: string;
            numbers: components["schemas"]["SetNumber"][];
            title: components["schemas"]["Text"];
        };
        Part: {
            /** Format: int64 */
            facts: number;
            keys: string[];
            /** Format: int64 */
            value: number;
        };
        PartView: {
            name: string;
            records: components["schemas"]["RecordView"][];
            sealed: boolean;
            title: components["schemas"]["Text"];
            veiled: boolean;
        };
        Party: {
            address?: string;
            aliases?: string[];
            contact?: string;
            deleted?: boolean;
            email?: string;
            employer?: string;
            expert?: boolean;
            expertise?: string[];
            id: string;
            kind: string;
            legalRep?: string;
            name: string;
            parent?: string;
            phone?: string;
            /** Format: int64 */
            rdShare?: number;
            region?: string;
            /** Format: int64 */
            revenue?: number;
            /** Format: int64 */
            revision: number;
            synthetic?: boolean;
            uscc?: string;
        };
        PartyLinks: {
            cases: components["schemas"]["Item"][];
            merged: components["schemas"]["Merged"][];
            money: components["schemas"]["MoneySum"];
            more?: boolean;
            records: components["schemas"]["RecordItem"][];
            rests: components["schemas"]["ChosenRecord"][];
            units: components["schemas"]["PartyRef"][];
        };
        PartyPage: {
            items: components["schemas"]["Party"][];
            next?: string;
        };
        PartyRef: {
            id: string;
            kind: string;
            name: string;
        };
        PartyTitle: {
            id: string;
            name: string;
        };
        PartyView: {
            address?: string;
            aliases?: string[];
            contact?: string;
            deleted?: boolean;
            email?: string;
            employer?: string;
            employerName?: string;
            expert?: boolean;
            expertise?: string[];
            id: string;
            kind: string;
            legalRep?: string;
            /** @description the reader may change it: everything, or their own party's own fields */
            mine: boolean;
            name: string;
            parent?: string;
            parentName?: string;
            phone?: string;
            /** Format: int64 */
            rdShare?: number;
            region?: string;
            regionName?: string;
            /** Format: int64 */
            revenue?: number;
            /** Format: int64 */
            revision: number;
            synthetic?: boolean;
            uscc?: string;
        };
        PasswordChange: {
            new: string;
            old: string;
        };
        Past: {
            /** Format: date-time */
            at: string;
            author: string;
            body?: {
                [key: string]: unknown;
            };
            gone: boolean;
            source: string;
            /** Format: int64 */
            version: number;
        };
        PastSplit: {
            /** Format: date-time */
            at: string;
            case: string;
            /** Format: int64 */
            costs: number;
            form: components["schemas"]["Text"];
            /** Format: int64 */
            gross: number;
            mechanism: components["schemas"]["Text"];
            /** Format: int64 */
            net: number;
            paid: components["schemas"]["SplitPaid"][];
            title: string;
        };
        Pin: {
            by?: string;
            candidate: string;
            in: boolean;
            /** Format: int64 */
            lot?: number;
            why?: string;
        };
        Plan: {
            /** Format: int64 */
            bound: number;
            chosen: components["schemas"]["Award"][];
            digest: string;
            limits: components["schemas"]["LimitUse"][];
            proved: boolean;
            /** Format: int64 */
            spent: number;
            totals: components["schemas"]["AimTotal"][];
            /** Format: int64 */
            value: number;
            /** Format: int64 */
            work: number;
        };
        PlanRequest: {
            /**
             * Format: int64
             * @description introductions that one offering party takes at once
             */
            capacity: number;
            /**
             * Format: int64
             * @description introductions of one need; 0 is one
             */
            each?: number;
        };
        Planned: {
            /** Format: double */
            level: number;
            need: string;
            needTitle: string;
            offer: string;
            offerTitle: string;
        };
        Point: {
            at: string;
            /** Format: int64 */
            value: number;
        };
        PortfolioInput: {
            /** @description what each limit costs */
            costs?: boolean;
            /** @description two aims: the best compromises between them */
            front?: string[];
            /** @description with costs: what so much more money in each budget would bring */
            more?: number[];
            question: components["schemas"]["Question"];
            /** @description why each candidate is in or out, and by how little */
            reasons?: boolean;
            /**
             * Format: int64
             * @description how often to move the scores within their uncertainty
             */
            tries?: number;
        };
        PortfolioMemo: {
            conflict?: components["schemas"]["Conflict"];
            costs?: components["schemas"]["LimitCost"][];
            front?: components["schemas"]["Frontier"];
            plan?: components["schemas"]["Plan"];
            /** @description why no plan is worth more than the bound, step by step; absent where that is too long */
            proof?: components["schemas"]["BoundProof"];
            reasons?: components["schemas"]["Reason"][];
            stability?: components["schemas"]["Steadiness"];
        };
        Portion: {
            /** Format: int64 */
            amount: number;
            party: string;
            source: string;
        };
        Posting: {
            /**
             * Format: int64
             * @description fen
             */
            amount: number;
            /** Format: date-time */
            at: string;
            case?: string;
            from: components["schemas"]["Text"];
            id: string;
            kind: string;
            memo: components["schemas"]["Text"];
            party?: string;
            to: components["schemas"]["Text"];
        };
        PostingPage: {
            items: components["schemas"]["Posting"][];
            next?: string;
        };
        PostingView: {
            /** Format: int64 */
            amount: number;
            /** Format: date-time */
            at: string;
            from: string;
            id: string;
            kind: string;
            memo: components["schemas"]["Text"];
            step: string;
            to: string;
        };
        PotView: {
            fund: string;
            /** Format: int64 */
            held: number;
            name: string;
            /** Format: int64 */
            owed: number;
            /** Format: int64 */
            paid: number;
        };
        Price: {
            limit: string;
            /** Format: int64 */
            points: number;
        };
        Problem: {
            detail?: string;
            /** @description id of the request, to be quoted to the administrator */
            instance?: string;
            refusals: components["schemas"]["Refusal"][];
            /** Format: int64 */
            status: number;
            title: string;
            /** @description about:blank, or urn:kechuang:refusal:<kind> */
            type: string;
        };
        Proof: {
            findings: components["schemas"]["Finding"][];
            /** @enum {string} */
            name: "typed" | "sound" | "answered" | "seated" | "separate" | "ordered" | "decided" | "conserved";
            ok: boolean;
            /** @description what it means */
            tells: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        ProofStep: {
            /** Format: int64 */
            at?: number;
            do: string;
            items?: number[];
            prices?: number[];
            rows?: number[];
            worth?: boolean;
        };
        Question: {
            aims: components["schemas"]["Goal"][];
            budgets: components["schemas"]["Budget"][];
            candidates: components["schemas"]["Candidate"][];
            exclusions?: components["schemas"]["Exclusive"][];
            needs?: components["schemas"]["Dependency"][];
            pins?: components["schemas"]["Pin"][];
            quotas?: components["schemas"]["Quota"][];
            /** Format: int64 */
            scale?: number;
            title?: components["schemas"]["Text"];
        };
        Quota: {
            codes?: string[];
            dim?: string;
            id: string;
            /** Format: int64 */
            least?: number;
            measure: string;
            /** Format: int64 */
            most?: number;
            name: components["schemas"]["Text"];
        };
        Reason: {
            /** Format: int64 */
            at_least: number;
            /** Format: int64 */
            by: number;
            candidate: string;
            chosen: boolean;
            exact: boolean;
            impossible?: boolean;
            /** Format: int64 */
            lot?: number;
            prices?: components["schemas"]["Price"][];
            /** Format: int64 */
            score: number;
            text: components["schemas"]["Text"];
            unknown?: boolean;
        };
        Receipt: {
            case: string;
            leaf: string;
            pending?: string[];
            record: string;
            repeated: boolean;
            /** Format: int64 */
            revision: number;
            state: components["schemas"]["StateRef"];
        };
        Record: {
            /** Format: date-time */
            changed: string;
            id: string;
            kind: string;
            name: string;
            owner?: string;
            retired?: boolean;
            /** Format: int64 */
            revision: number;
            status?: string;
            values: {
                [key: string]: unknown;
            };
        };
        RecordBars: {
            acts?: string;
            from: string;
            party: string;
            until?: string;
        };
        RecordChange: {
            /** Format: int64 */
            revision: number;
            values: {
                [key: string]: unknown;
            };
        };
        RecordField: {
            choices?: components["schemas"]["FieldChoice"][];
            help?: components["schemas"]["Text"];
            ident?: string;
            kind?: string;
            /** Format: int64 */
            max?: number;
            name: string;
            optional?: boolean;
            party?: string;
            public?: boolean;
            ref?: string;
            rows?: components["schemas"]["RecordField"][];
            title: components["schemas"]["Text"];
            type: string;
            unit?: string;
            within?: string;
        };
        RecordItem: {
            /** Format: date-time */
            changed: string;
            id: string;
            kind: string;
            name: string;
            owner?: string;
            ownerName?: string;
            retired?: boolean;
            /** Format: int64 */
            revision: number;
            status?: string;
            values: {
                [key: string]: unknown;
            };
        };
        RecordJudges: {
            level: string;
            need: string;
            offer: string;
        };
        RecordKind: {
            asks?: boolean;
            bars?: components["schemas"]["RecordBars"];
            called: string;
            expires?: string;
            fields: components["schemas"]["RecordField"][];
            interests?: boolean;
            judges?: components["schemas"]["RecordJudges"];
            makerName?: string;
            makers?: string;
            name: string;
            offers?: boolean;
            owner?: string;
            public?: boolean;
            readers?: string[];
            rights?: boolean;
            shares?: boolean;
            status?: string;
            title: components["schemas"]["Text"];
            unique?: string[][];
        };
        RecordList: {
            items: components["schemas"]["RecordItem"][];
            next?: string;
        };
        RecordPage: {
            cases: components["schemas"]["LinkView"][];
            claim: components["schemas"]["Member"][];
            claims: components["schemas"]["Claim"][];
            keeper: boolean;
            kind: components["schemas"]["RecordKind"];
            merged: components["schemas"]["Merged"][];
            mine: boolean;
            money: components["schemas"]["MoneySum"];
            named: components["schemas"]["RecordItem"][];
            names: {
                [key: string]: string;
            };
            ownerName?: string;
            record: components["schemas"]["Record"];
            whole: boolean;
        };
        RecordView: {
            /** Format: date-time */
            due?: string;
            forms: components["schemas"]["FormView"][];
            id: string;
            /** Format: int64 */
            number: number;
            parent: string;
            /** Format: int64 */
            revision: number;
            seats: components["schemas"]["SeatView"][];
            /** Format: date-time */
            since: string;
            state: components["schemas"]["StateRef"];
        };
        Refusal: {
            field?: string;
            id: string;
            kind: string;
            rule?: string;
            text: components["schemas"]["Text"];
            way?: components["schemas"]["Text"];
        };
        Region: {
            code: string;
            name: string;
            parent?: string;
        };
        RegisterWords: {
            kinds: components["schemas"]["KindTitle"][];
            regions: components["schemas"]["Region"][];
            ties: components["schemas"]["TieTitle"][];
        };
        RemittedTax: {
            /**
             * Format: int64
             * @description fen: all that is left of the month
             */
            amount: number;
            /** @description of the tax receipt */
            number: string;
        };
        Report: {
            /** Format: date-time */
            at: string;
            day: string;
            figure: string;
            id: string;
            source: string;
            /** Format: int64 */
            value: number;
        };
        ReportFigureRequest: {
            day: string;
            /** @description who says so, where */
            source: string;
            /**
             * Format: int64
             * @description number, fen or parts per million by the unit
             */
            value: number;
        };
        Reported: {
            /** Format: date-time */
            at: string;
            definition: string;
            digest: string;
            drift?: boolean;
            /** Format: int64 */
            facts: number;
            gone?: boolean;
            month: string;
            /** Format: int64 */
            now: number | null;
            restatements: components["schemas"]["Restatement"][];
            /** Format: int64 */
            value: number | null;
            version: string;
        };
        RestateRequest: {
            month: string;
            reason: string;
        };
        Restatement: {
            account: string;
            /** Format: date-time */
            at: string;
            figure: string;
            id: string;
            month: string;
            /** Format: int64 */
            now: number | null;
            reason: string;
            /** Format: int64 */
            was: number | null;
        };
        ReviewDo: {
            form: boolean;
            refused?: components["schemas"]["Refusal"][];
            say: boolean;
            seat: string;
            step: string;
            tells?: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        ReviewItem: {
            case: string;
            do: components["schemas"]["ReviewDo"][];
            draft: boolean;
            /** Format: date-time */
            due?: string;
            /** @enum {string} */
            kind: "invitation" | "work";
            mechanism: components["schemas"]["Text"];
            of?: components["schemas"]["Inside"];
            part: components["schemas"]["Text"];
            record: string;
            /** Format: date-time */
            since: string;
            state: components["schemas"]["StateRef"];
            title: string;
            /** Format: int64 */
            workdays?: number;
        };
        ReviewYear: {
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            asked: number;
            /** Format: double */
            days: number;
            /** Format: int64 */
            dropped: number;
            /** Format: int64 */
            given: number;
            /** Format: int64 */
            invited: number;
            /** Format: int64 */
            year: number;
        };
        Reviews: {
            expert: boolean;
            interests?: components["schemas"]["Disclosure"];
            now: components["schemas"]["ReviewItem"][];
            past: components["schemas"]["ReviewItem"][];
            years: components["schemas"]["ReviewYear"][];
        };
        RightsEvent: {
            /** Format: date-time */
            at: string;
            case?: string;
            kind: string;
            lien?: components["schemas"]["LienView"];
            moves: components["schemas"]["MoveView"][];
        };
        RightsPage: {
            expires?: string;
            history: components["schemas"]["RightsEvent"][];
            holdings: components["schemas"]["HoldingView"][];
            kind: string;
            /** @description licences and pledges in force on the day */
            liens: components["schemas"]["LienView"][];
            name: string;
            on: string;
            /** @description nobody has entered them: the register's owner */
            presumed: boolean;
            record: string;
            /** @description all is shown; else only what everyone may read: who holds title, or shares, today */
            whole: boolean;
        };
        RuleLine: {
            kind: string;
            names: string[];
            text: components["schemas"]["Text"];
        };
        Score: {
            /** Format: int64 */
            spread?: number;
            /** Format: int64 */
            value: number;
        };
        ScorePart: {
            known: boolean;
            name: string;
            /** Format: int64 */
            points: number;
            /** Format: int64 */
            value: number;
            /** Format: int64 */
            weight: number;
            why: components["schemas"]["Text"];
        };
        Seat: {
            apart_from?: string[];
            blind?: string[];
            except?: string[];
            from?: string;
            kind: string;
            known_to?: string[];
            name: string;
            of?: string;
            office?: string;
            party?: string;
            same_as?: string;
            title: components["schemas"]["Text"];
        };
        SeatView: {
            holders: components["schemas"]["HolderView"][];
            name: string;
            title: components["schemas"]["Text"];
        };
        SecurityEvent: {
            /** @description subject, as the account is called */
            about?: string;
            address?: string;
            /** @description browser */
            agent?: string;
            /** Format: date-time */
            at: string;
            /** @description account that did it */
            by?: string;
            detail?: string;
            id: string;
            /** @description sign_in, sign_in.refused, role.granted … */
            kind: string;
            /** @description what was typed at sign-in */
            login?: string;
            /** @description by, as the account is called */
            named?: string;
            ok: boolean;
            /** @description account that it is about */
            subject?: string;
            /** @description detail in words */
            told: components["schemas"]["Text"];
        };
        SecurityPage: {
            items: components["schemas"]["SecurityEvent"][];
            next?: string;
        };
        SeriesValues: {
            cells: components["schemas"]["Cell"][];
            item: string;
        };
        SeriesWithdrawRequest: {
            reason: string;
        };
        Session: {
            actor?: components["schemas"]["Actor"];
            /**
             * Format: date-time
             * @description given at sign-in: it ends then in any case
             */
            ends?: string;
            /**
             * Format: int64
             * @description without a request for so long it ends
             */
            idle_minutes: number;
            /** @description what the actor's offices are called, in their order */
            offices?: components["schemas"]["Text"][];
            /** @description there is a mechanism that the account may open a case of */
            opens: boolean;
            signed_in: boolean;
        };
        SetNumber: {
            basis: string;
            name: string;
            title: components["schemas"]["Text"];
            /** @description how sure the source is: L, V, D, K or A */
            trust: string;
            value: components["schemas"]["Text"];
        };
        SetupAnswer: {
            login?: string;
            name?: string;
            password: string;
        };
        SetupLink: {
            /** Format: date-time */
            ends: string;
            login?: string;
            name?: string;
            /**
             * @description first: the first administrator, who chooses a login and a name too
             * @enum {string}
             */
            purpose: "first" | "invite" | "reset";
        };
        ShareAnswer: {
            after: components["schemas"]["StakeView"][];
            before: components["schemas"]["StakeView"][];
            /** @description what bound the number */
            bound: components["schemas"]["Text"];
            /** @description what all of the new shares would cost the team, by spans of years; empty where the terms do not tell */
            buy_back: components["schemas"]["BuyBackBand"][];
            /** Format: int64 */
            converted: number;
            /** Format: int64 */
            left: number;
            name: string;
            /**
             * Format: int64
             * @description a share after the discount, rounded down, fen
             */
            price: number;
            refused: components["schemas"]["Refusal"][];
            /** Format: int64 */
            shares: number;
            /** Format: int64 */
            stake: number;
            /**
             * Format: int64
             * @description by the price alone
             */
            wanted: number;
        };
        ShareFuture: {
            /**
             * Format: int64
             * @description of the public stake; 0 for none
             */
            cap: number;
            /**
             * Format: int64
             * @description where the set has none of its own
             */
            discount: number;
            /**
             * Format: int64
             * @description of the largest holder's stake before, as the team's; 0 for none
             */
            floor: number;
            name: string;
            not_largest: boolean;
            /**
             * Format: int64
             * @description value of the company before, fen
             */
            pre: number;
            /**
             * Format: int64
             * @description of the grant, fen
             */
            principal: number;
            /**
             * Format: int64
             * @description new money of a round at that value first, fen
             */
            raise: number;
            /**
             * Format: int64
             * @description yearly interest where the team buys back, ppm
             */
            rate?: number;
            /** @description name of a parameter set; its numbers come before those below */
            set?: string;
            /** @description convert less beyond a limit, instead of refusing */
            trim: boolean;
        };
        ShareTrial: {
            futures: components["schemas"]["ShareFuture"][];
            /** @description id of the holder that converts; empty for a public holder that has nothing yet */
            party: string;
        };
        ShareView: {
            signal: string;
            /** Format: double */
            value: number;
        };
        SharesEvent: {
            case?: string;
            day: string;
            kind: string;
            moves: components["schemas"]["MoveView"][];
            name?: string;
            /** @description whose shares were frozen, or let go */
            of?: string[];
            /**
             * Format: int64
             * @description other money paid in
             */
            social: number;
            /**
             * Format: int64
             * @description fiscal and state money paid in
             */
            state: number;
            /** Format: int64 */
            valuation?: number;
        };
        SharesPage: {
            history: components["schemas"]["SharesEvent"][];
            holders: components["schemas"]["StakeView"][];
            kind: string;
            name: string;
            on: string;
            /**
             * Format: int64
             * @description set aside and not issued
             */
            pool: number;
            record: string;
            /** Format: int64 */
            total: number;
            /** @description all is shown; else only what everyone may read: who holds title, or shares, today */
            whole: boolean;
        };
        Sheet: {
            columns: components["schemas"]["Column"][];
            /** @description can also be taken out */
            export: boolean;
            kind: string;
            title: components["schemas"]["Text"];
        };
        Site: {
            /** @description in demo mode only: whom to sign in as */
            accounts: components["schemas"]["DemoAccount"][];
            /** @description a reference city with made-up records */
            demo: boolean;
            /** @description in demo mode only: the small city is growing to its full size */
            growing?: components["schemas"]["Growing"];
            pack: string;
            pack_digest: string;
            pack_version: string;
            region: string;
            title: components["schemas"]["Text"];
            version: string;
        };
        SplitPaid: {
            /** Format: int64 */
            amount: number;
            name: string;
            party: string;
            share: string;
        };
        Spot: {
            /** Format: int64 */
            x: number;
            /** Format: int64 */
            y: number;
        };
        StakeView: {
            /** @description a case keeps them where they are */
            frozen?: boolean;
            name: string;
            party: string;
            /** Format: int64 */
            shares: number;
            /**
             * Format: int64
             * @description of all issued, rounded down
             */
            stake: number;
        };
        Stale: {
            file: string;
            title: components["schemas"]["Text"];
            version: string;
        };
        State: {
            deadline?: components["schemas"]["Deadline"];
            end: boolean;
            good: boolean;
            name: string;
            public: boolean;
            steps: components["schemas"]["Step"][];
            title: components["schemas"]["Text"];
        };
        StateRef: {
            end: boolean;
            good: boolean;
            name: string;
            public: boolean;
            title: components["schemas"]["Text"];
        };
        Statement: {
            edge?: components["schemas"]["Edge"];
            gone?: boolean;
            node?: components["schemas"]["Node"];
            source: string;
            supply?: components["schemas"]["Supply"];
            /** Format: int64 */
            version?: number;
        };
        Steadiness: {
            exact: boolean;
            kept: number[];
            regret: components["schemas"]["SteadinessRegretStruct"];
            /** Format: int64 */
            same: number;
            /** Format: int64 */
            tries: number;
        };
        SteadinessRegretStruct: {
            /** Format: int64 */
            median: number;
            /** Format: int64 */
            worst: number;
        };
        Step: {
            /** @description every seat in by must act */
            all: boolean;
            by: string[];
            /** @description what follows, a sentence each */
            do: components["schemas"]["Text"][];
            form?: string;
            name: string;
            say: boolean;
            tells?: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
            to: components["schemas"]["Way"][];
            when: components["schemas"]["Condition"][];
            while?: string[];
        };
        Story: {
            act?: string;
            file: string;
            /** Format: int64 */
            line: number;
            says?: components["schemas"]["Text"];
            title: string;
            why: string;
        };
        Suggestion: {
            text: string;
            title: components["schemas"]["Text"];
            value: boolean;
        };
        Supply: {
            country: string;
            firm?: string;
            minor?: boolean;
            node: string;
            /** Format: int64 */
            ppm?: number;
            source?: string;
        };
        Taken: {
            /** Format: date-time */
            at: string;
            /**
             * Format: int64
             * @description values in it
             */
            cells: number;
            /** @description SHA-256 of the file */
            digest: string;
            id: string;
            /** @description of the file */
            name: string;
            series: string;
            /** @description the publication, as whoever took it in says */
            source: string;
            who: string;
            /** @description why it no longer counts */
            withdrawn?: string;
        };
        Target: {
            at: string;
            basis?: string;
            clause?: string;
            /** Format: int64 */
            value: number;
        };
        Taxonomy: {
            codes: components["schemas"]["Code"][];
            maps?: components["schemas"]["TaxonomyMap"][];
            name: string;
            title: components["schemas"]["Text"];
            version?: string;
        };
        TaxonomyMap: {
            codes: {
                [key: string]: string[];
            };
            to: string;
        };
        Text: {
            en?: string;
            zh: string;
        };
        ThingView: {
            kind: string;
            label: string;
            name: string;
            record: string;
            status?: string;
            title: components["schemas"]["Text"];
        };
        Thread: {
            edges: components["schemas"]["ThreadEdge"][];
            money: components["schemas"]["ThreadMoney"][];
            more?: boolean;
            nodes: components["schemas"]["ThreadNode"][];
            results: components["schemas"]["ThreadResult"][];
        };
        ThreadEdge: {
            from: string;
            title?: components["schemas"]["Text"];
            to: string;
        };
        ThreadEvent: {
            act?: string;
            /** Format: date-time */
            at: string;
            given?: components["schemas"]["Given"][];
            good?: boolean;
            moved?: components["schemas"]["Moved"][];
            /** Format: int64 */
            number?: number;
            part?: components["schemas"]["Text"];
            title?: components["schemas"]["Text"];
            to?: components["schemas"]["Text"];
        };
        ThreadMoney: {
            /** Format: int64 */
            back?: number;
            /** Format: int64 */
            held?: number;
            /** Format: int64 */
            in: number;
            /** @enum {string} */
            kind: "fund" | "parties" | "fiscal" | "state" | "social" | "team" | "other";
            /** Format: int64 */
            owed?: number;
            /** Format: int64 */
            paid?: number;
            source?: components["schemas"]["Text"];
        };
        ThreadNode: {
            /** @enum {string} */
            asset?: "rights" | "shares";
            events?: components["schemas"]["ThreadEvent"][];
            group?: components["schemas"]["Text"];
            id: string;
            kind: string;
            kindTitle: components["schemas"]["Text"];
            /** Format: date-time */
            last?: string;
            money?: components["schemas"]["ThreadMoney"][];
            /** Format: date-time */
            opened?: string;
            owner?: string;
            results?: components["schemas"]["ThreadResult"][];
            seen: boolean;
            state?: components["schemas"]["StateRef"];
            status?: string;
            /** Format: int64 */
            steps?: number;
            title?: string;
            /** @enum {string} */
            what: "case" | "record";
        };
        ThreadResult: {
            /** Format: int64 */
            amount: number;
            kind: string;
            title: components["schemas"]["Text"];
            unit: string;
        };
        Tie: {
            a: string;
            account: string;
            /** Format: date-time */
            at: string;
            b: string;
            from?: string;
            id: string;
            kind: string;
            note?: string;
            to?: string;
            who: string;
        };
        TieTitle: {
            kind: string;
            title: components["schemas"]["Text"];
        };
        Token: {
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            ends: string;
            id: string;
            name: string;
            scopes: string[];
            /** Format: date-time */
            used?: string;
        };
        Trial: {
            differences: components["schemas"]["Difference"][];
            digest: string;
            /** @description the mechanism that was asked for, as SVG */
            drawing?: string;
            /** @description stories that no longer go as they are written */
            failed: components["schemas"]["Story"][];
            /** @description what keeps the pack from being typed */
            findings: components["schemas"]["Finding"][];
            /** @description those that the edit can touch */
            mechanisms: components["schemas"]["Tried"][];
            /** @description it may be proposed */
            ok: boolean;
            /**
             * Format: int64
             * @description stories
             */
            played: number;
            /** @description what was changed under its old version */
            stale: components["schemas"]["Stale"][];
            version: string;
        };
        Tried: {
            name: string;
            ok: boolean;
            title: components["schemas"]["Text"];
            verdicts: components["schemas"]["Verdict"][];
            version: string;
        };
        Twin: {
            id: string;
            note?: string;
            title: string;
        };
        UsedBy: {
            name: string;
            title: components["schemas"]["Text"];
        };
        Value: {
            day: string;
            /** Format: int64 */
            facts: number;
            figure: string;
            known?: string;
            parts?: components["schemas"]["Value"][];
            /** Format: int64 */
            value: number | null;
            version: string;
            why?: components["schemas"]["Text"];
        };
        Verdict: {
            findings?: components["schemas"]["Finding"][];
            ok: boolean;
            proof: string;
        };
        Verification: {
            /** Format: int64 */
            revision: number;
        };
        Version: {
            area: string;
            /** Format: date-time */
            at: string;
            file: string;
            item: string;
            /** Format: int64 */
            line: number;
            /**
             * Format: int64
             * @description digits behind the point that were printed
             */
            places: number;
            table: string;
            unit?: string;
            /**
             * Format: int64
             * @description in ten-thousandths
             */
            v: number;
            /** Format: int64 */
            year: number;
        };
        View: {
            documents: components["schemas"]["DocumentView"][];
            draws: components["schemas"]["DrawView"][];
            /** Format: date-time */
            due?: string;
            forms: components["schemas"]["FormView"][];
            history: components["schemas"]["HistoryView"][];
            id: string;
            links: components["schemas"]["LinkView"][];
            mechanism: components["schemas"]["MechanismRef"];
            mine: string[];
            money: components["schemas"]["MoneyView"];
            names?: {
                [key: string]: string;
            };
            notices: components["schemas"]["NoticeView"][];
            /** Format: date-time */
            opened: string;
            options: components["schemas"]["OptionView"][];
            parts: components["schemas"]["PartView"][];
            /** Format: int64 */
            revision: number;
            seats: components["schemas"]["SeatView"][];
            state: components["schemas"]["StateRef"];
            then?: components["schemas"]["Text"];
            things: components["schemas"]["ThingView"][];
            title: string;
            /** Format: int64 */
            workdays?: number;
        };
        WaitingNeed: {
            matches: components["schemas"]["MatchView"][];
            owner?: string;
            record: string;
            title: string;
        };
        Waterfall: {
            costs: components["schemas"]["WaterfallCost"][];
            /**
             * Format: int64
             * @description the least that the reward may be
             */
            floor: number;
            /** Format: int64 */
            gross: number;
            people: components["schemas"]["WaterfallPart"][];
            /**
             * Format: int64
             * @description share of the net that goes to people; the rest stays with the unit
             */
            reward: number;
            unit: string;
        };
        WaterfallAmount: {
            /** Format: int64 */
            amount: number;
            name: string;
            unit: boolean;
        };
        WaterfallAnswer: {
            /** Format: int64 */
            costs: number;
            /** Format: int64 */
            gross: number;
            /** Format: int64 */
            net: number;
            paid: components["schemas"]["WaterfallAmount"][];
        };
        WaterfallCost: {
            /** Format: int64 */
            amount: number;
            name: string;
        };
        WaterfallPart: {
            name: string;
            /** Format: int64 */
            share: number;
        };
        Way: {
            else?: boolean;
            state: string;
            title: components["schemas"]["Text"];
            when?: components["schemas"]["Text"];
        };
        WayOut: {
            alone: boolean;
            /** Format: int64 */
            asked: number;
            id: string;
            kind: string;
            name: components["schemas"]["Text"];
            /** Format: int64 */
            needed?: number;
            unit: string;
            upper: boolean;
        };
        WithdrawEditionRequest: {
            reason?: string;
        };
        Witnessed: {
            /** @description of pool and criteria, as the panel's page shows it; if they are others by now, nothing is drawn */
            fingerprint?: string;
            /** @description a number or words that those present said after they saw the fingerprint; the order depends on it */
            said?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    accounts: {
        parameters: {
            query?: {
                q?: string;
                /** @description required of an owner */
                party?: string;
                office?: string;
                role?: string;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLink"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Grant"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLink"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Grant"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    offices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Office"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    securityLog: {
        parameters: {
            query?: {
                /** @description as doer or subject */
                account?: string;
                kind?: string;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bench: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BenchItem"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cases: {
        parameters: {
            query?: {
                /** @description words of the title, or a party's name */
                q?: string;
                mechanism?: string;
                state?: string;
                /** @description only where the account holds a seat */
                mine?: boolean;
                /** @description next of the page before */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openCase: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenCommand"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    case: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alike: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlikeView"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bundle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delegate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDelegation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    caseDiagram: {
        parameters: {
            query?: {
                /** @description a part's name; empty: the case */
                machine?: string;
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dossiers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dossier"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderDossier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dossier"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    marks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkSheet"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    marksWorkbook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act: {
        parameters: {
            query?: never;
            header: {
                /** @description the same key acts once; the repeated request gets the first one's answer */
                "Idempotency-Key": string;
            };
            path: {
                id: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Act"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    caseTable: {
        parameters: {
            query?: {
                /** @description the part that has the form; without it the case */
                record?: string;
            };
            header?: never;
            path: {
                id: string;
                form: string;
                field: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    thread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Thread"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainItem"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainBook: {
        parameters: {
            query?: {
                chain?: string;
                /** @description the workbook to fill in */
                template?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainExport: {
        parameters: {
            query?: {
                chain?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Map"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainHistory: {
        parameters: {
            query: {
                kind: "node" | "edge" | "supply";
                key: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Past"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChainFiles"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainTaken"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainMap: {
        parameters: {
            query?: {
                /** @description code of a chain; without it all of them */
                chain?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainNodes: {
        parameters: {
            query?: {
                /** @description part of a name or identifier */
                q?: string;
                /** @description this node alone, by its identifier */
                id?: string;
                /** @description only nodes that stand in a chain of this taxonomy */
                list?: string;
                /** @description only nodes that stand in this chain of it */
                chain?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeItem"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainSay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChainStatements"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chainThread: {
        parameters: {
            query: {
                /** @description id of a node */
                node: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Thread"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delegations: {
        parameters: {
            query?: {
                /** @description only for this case */
                case?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endDelegation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    desk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Desk"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    distinguish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DistinctRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    document: {
        parameters: {
            query: {
                /** @description the case in which it is seen */
                case: string;
            };
            header?: never;
            path: {
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dossier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the dossier */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dossier"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dropDossier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the dossier */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dossierArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the dossier */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exchange: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exchangeCalls: {
        parameters: {
            query?: never;
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exchangeRecords: {
        parameters: {
            query?: {
                /** @description a place that an earlier page named; empty is the beginning */
                from?: string;
                limit?: number;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Cache-Control"?: string;
                    "Content-Type"?: string;
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    feeMonths: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeeMonth"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fees: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeeMonth"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    feeBook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                month: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remitTax: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                month: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemittedTax"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeeMonth"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figureSum: {
        parameters: {
            query: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
                /** @description with commas between */
                names: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Value"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figures: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cockpit"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figure: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigurePage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportFigure_csv: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportFigure_prov: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportFigure_xlsx: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figureFacts: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
                /** @description dimensions, with commas between */
                by?: string;
                /** @description their values, with commas between */
                of?: string;
                /** @description next of the page before */
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureFacts"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figureParts: {
        parameters: {
            query: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
                /** @description one dimension, or two with a comma between */
                by: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureParts"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportFigure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportFigureRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestateRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restatement"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freezes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freeze"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freeze: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FreezeRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freeze"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    funds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fund"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appropriate: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Appropriation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fund"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fundPostings: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostingPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hall: {
        parameters: {
            query?: {
                q?: string;
                mechanism?: string;
                kind?: "open" | "notice" | "result" | "all";
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hall"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueKind"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogueOf: {
        parameters: {
            query?: {
                /** @description in the search language; 级别:国家 */
                q?: string;
                skip?: number;
                limit?: number;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CataloguePage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogue_csv: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    catalogue_json: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outside: {
        parameters: {
            query?: {
                q?: string;
                kind?: string;
                source?: string;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsidePage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    outsideSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideSource"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hallRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hallCase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    object: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                case: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Objection"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handedList: {
        parameters: {
            query?: {
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedPage"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecord"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handInAnew: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judgeHanded: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandedDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawHanded: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verification"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports: {
        parameters: {
            query?: {
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    marked: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importMessages: {
        parameters: {
            query?: {
                /** @description line of the last message seen */
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogHead"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journalEntries: {
        parameters: {
            query?: {
                /** @description indices below this; 0: from the end */
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journalGrowth: {
        parameters: {
            query: {
                /** @description size of the older log */
                from: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogGrowth"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    journalProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description digest of the leaf */
                leaf: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogProof"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KindView"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    match: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NeedText"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchAnswer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    waitingNeeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingNeed"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planMatches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planned"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Actor"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    colleagues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Holder"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FreshToken"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mechanisms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MechanismItem"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mechanism: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mechanism"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diagram: {
        parameters: {
            query?: {
                /** @description a part's name; empty: the case; *: the case with all its parts beneath */
                machine?: string;
                /** @description the state to point out */
                state?: string;
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    meeting: {
        parameters: {
            query: {
                /** @description ids of the cases */
                case: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Meeting"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeResult"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overview: {
        parameters: {
            query?: {
                /** @description as of; without it today */
                day?: string;
                /** @description as known at the end of this day; without it now */
                known?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    panels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelItem"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignPanels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignQuestion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignAnswer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    panel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the case */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PanelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    parameterSets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParameterSet"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    parties: {
        parameters: {
            query?: {
                q?: string;
                kind?: string;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createParty: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Party"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    party: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putParty: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Party"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Party"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteParty: {
        parameters: {
            query: {
                revision: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partyHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Change"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    partyLinks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartyLinks"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ties: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tie"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declareTie: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTie"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tie"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pledges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LienView"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    basis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Basis"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Edition"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeEdition: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditionCommand"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionReceipt"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edition: {
        parameters: {
            query?: {
                draw?: string;
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionTrial"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adoptEdition: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdoptEditionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionReceipt"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawEdition: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawEditionRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditionReceipt"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    packFile: {
        parameters: {
            query: {
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackFile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    packFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    packZip: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    parameters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Param"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    taxonomy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taxonomy"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryPolicy: {
        parameters: {
            query?: {
                /** @description a mechanism to draw as edited */
                draw?: string;
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditsBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trial"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolio: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortfolioInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioMemo"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioCandidates: {
        parameters: {
            query: {
                mechanism: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Candidates"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    portfolioMemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Memo"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    records: {
        parameters: {
            query?: {
                q?: string;
                kind?: string;
                /** @description id of a party */
                owner?: string;
                /** @description those that are retired, too */
                retired?: boolean;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRecord: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRecord"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    calendar: {
        parameters: {
            query: {
                /** @description first day */
                from: string;
                /** @description last day */
                until: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settleClaim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimDecision"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fundBook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FundPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claimOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnerClaim"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rights: {
        parameters: {
            query?: {
                /** @description a day, 2026-03-02; today where it is missing */
                on?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RightsPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shares: {
        parameters: {
            query?: {
                /** @description a day, 2026-03-02; today where it is missing */
                on?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharesPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sharesOCF: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareTrial"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareAnswer"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verification"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerWords: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterWords"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reviews"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: {
                q?: string;
                what?: "party" | "record" | "case" | "policy" | "all";
                /** @description of party, record or mechanism */
                kind?: string;
                skip?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchWords: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestion"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    seriesList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideView"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    seriesWithdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeriesWithdrawRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    series: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    seriesTake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    source: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    seriesTry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    source: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutsideView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    seriesValues: {
        parameters: {
            query: {
                item: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesValues"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setupLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupLink"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    useSetupLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupAnswer"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sheets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sheet"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_csv: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_xlsx: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    site: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    splits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PastSplit"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryWaterfall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Waterfall"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaterfallAnswer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    contested: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contested"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duplicates: {
        parameters: {
            query?: {
                /** @description a kind of record; without one, parties */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Duplicate"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    expiring: {
        parameters: {
            query?: {
                kind?: string;
                days?: number;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unverified: {
        parameters: {
            query?: {
                kind?: string;
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
