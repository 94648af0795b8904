// SPDX-License-Identifier: EUPL-1.2
// A small region, made through the API: the Region's initiative, eight procedures, one with an open
// notice and an application. Everybody in it is invented.
import { randomUUID } from 'node:crypto';

const day = 24 * 60 * 60 * 1000;
const isoDay = (days) => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const pdf = Buffer.from('%PDF-1.4\n% documento di esempio\n%%EOF\n');

/** One person at the API. */
export class Person {
  constructor(server, token) {
    this.server = server;
    this.secret = token.secret;
    this.id = token.person;
  }

  async call(method, path, { body, type = 'application/json', headers = {} } = {}) {
    const answer = await fetch(this.server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.secret}`,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID(), 'content-type': type } : {}),
        ...headers,
      },
      body: body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    }
    return { tag: answer.headers.get('etag'), ...JSON.parse(text) };
  }

  async see(id) {
    return this.call('GET', `/v1/procedure/${id}`);
  }

  async open(macchina, dati, iniziativa) {
    const opened = await this.call('POST', '/v1/procedure',
      { body: { famiglia: 'coprogrammazione', macchina, iniziativa, dati } });
    return opened.procedura ?? opened.id;
  }

  /** Reads again when the timer came in between, as a program is told to. */
  async act(id, evento, dati = {}, tries = 5) {
    const { tag } = await this.see(id);
    try {
      return await this.call('POST', `/v1/procedure/${id}/eventi`,
        { body: { evento, dati }, headers: { 'if-match': tag } });
    } catch (problem) {
      if (tries === 1 || !/: 412 /.test(problem.message)) {
        throw problem;
      }
      return this.act(id, evento, dati, tries - 1);
    }
  }

  async attach(id, documento, firmatoDa) {
    const query = new URLSearchParams(
      firmatoDa ? { documento, firmato_da: firmatoDa } : { documento },
    );
    return this.call('POST', `/v1/procedure/${id}/documenti?${query}`,
      { body: pdf, type: 'application/pdf' });
  }
}

const notice = {
  requisiti_partecipanti: 'Enti del Terzo settore attivi nella salute mentale',
  basi_ammesse: ['E1', 'E2', 'E4', 'E5', 'E8', 'E10'],
  regime_transitorio_runts: 'Sono ammesse anche le ODV e APS in trasmigrazione e le ONLUS',
  modalita_presentazione: 'Istanza sul modello A, dalla piattaforma o per PEC',
  canale: 'entrambi',
  pec_avviso: 'protocollo@pec.ats-esempio.it',
  oggetto_pec: 'Avviso di co-programmazione salute mentale',
  fa_fede: 'accettazione',
  rinvia_festivi: true,
  rinvia_sabato: false,
  modalita_tardive: 'irricevibile',
  decorrenza_conclusione: 'chiusura_istanze',
  partecipazione_non_ets: 'rete',
  doppia_partecipazione: 'vietata_con_scelta',
  modalita_svolgimento: 'Tavoli tematici con sedute verbalizzate',
  tavoli: ['Prevenzione e giovani', 'Abitare e lavoro'],
  rappresentanti_per_ente: 1,
  giorni_convocazione: 5,
  giorni_osservazioni_verbale: 7,
  modalita_conclusione: 'Documento di sintesi e relazione motivata',
  regola_approvazione: 'unanimita_registrata',
  regola_silenzio: 'nessuno',
  approvatori: ['ets_ammessi', 'membri_di_rete'],
  pubblicita_trasparenza: "Atti sul sito, all'albo e in Amministrazione trasparente",
  pubblicazione_art_12: true,
  giorni_albo: 15,
  dichiarazioni_richieste: ['assenza_cause_esclusione', 'assenza_conflitti'],
  allegati_obbligatori: ['scheda_presentazione'],
  informativa_privacy_versione: '1.0',
  riscontro_linee: ['L1: i tavoli mappano bisogni e reti', 'L2: gli obiettivi sono nella scheda',
    'L3: ogni ente propone interventi', 'L4: un tavolo ricompone le risorse',
    'L5: i tavoli restano stabili'],
};

async function startInitiative(dg) {
  const id = await dg.open('iniziativa', {
    oggetto: 'Co-programmazione per la salute mentale (dimostrativo)', numero_atto: 'XII/3824',
    data_atto: '2025-01-27', pubblicazione_burl: "BURL, numero e data dell'esempio",
  }, 'dgr-3824-2025');
  for (const document of ['atto_istitutivo', 'invito_incontro', 'presenze_incontro']) {
    await dg.attach(id, document);
  }
  await dg.act(id, 'registra_incontro', { data_incontro: isoDay(0), luogo_incontro: 'Milano' });
  await dg.act(id, 'apri_procedimenti');
  return id;
}

async function assign(people, id) {
  await people.director.attach(id, 'atto_nomina_rdp', 'direzione_sociosanitaria');
  await people.director.act(id, 'assegna_responsabile', {
    rdp_incaricato: people.manager.id, responsabile_del_procedimento: 'Anna Esempio',
    unita_organizzativa: 'Dipartimento PIPSS (dimostrativo)', incarico_dal: isoDay(0),
  });
}

async function consult(people, id) {
  await people.manager.attach(id, 'convocazione_cabina_regia');
  await people.manager.attach(id, 'convocazione_ocsmd');
  await people.manager.act(id, 'avvia_confronto',
    { data_cabina_regia: isoDay(0), data_ocsmd: isoDay(0) });
}

async function prepare(people, id) {
  for (const document of ['verbale_cabina_regia', 'verbale_ocsmd', 'scheda_obiettivi']) {
    await people.manager.attach(id, document);
  }
  await people.manager.act(id, 'conferma_obiettivi', { obiettivi_scelti: ['O1', 'O2', 'O5'] });
  await people.manager.act(id, 'compila_avviso',
    { ...notice, termine_istanze: `${isoDay(25)}T12:00` });
}

async function publish(people, id) {
  await people.manager.attach(id, 'avviso', 'direzione_sociosanitaria');
  for (const document of ['modello_istanza', 'modello_contributo', 'modello_accordo_rete',
    'informativa_privacy']) {
    await people.manager.attach(id, document);
  }
  await people.manager.act(id, 'dichiara_assenza_conflitto');
  await people.manager.act(id, 'proponi_avviso');
  await people.director.act(id, 'dichiara_assenza_conflitto');
  await people.manager.attach(id, 'delibera_avviso', 'direzione_sociosanitaria');
  await people.director.act(id, 'approva_avviso');
  await people.publisher.attach(id, 'attestazione_pubblicazione');
  await people.publisher.act(id, 'pubblica_avviso', {
    url_pubblicazione: 'https://www.ats-esempio.it/avviso',
    sezioni_pubblicazione: ['albo', 'sito', 'art_12'],
  });
}

async function staff(server, office) {
  const person = async (name, role) => (
    new Person(server, await server.token(name, role, { office }))
  );
  return {
    manager: await person('Anna Esempio', 'rdp'),
    director: await person('Dora Esempio', 'direzione_sociosanitaria'),
    publisher: await person('Ugo Esempio', 'ufficio_pubblicazioni'),
  };
}

/** Eight procedures; those of 322, 325 and 326 have gone on. */
export async function seed(server) {
  const dg = new Person(server,
    await server.token('Gino Esempio', 'dg_welfare', { office: 'regione' }));
  const initiative = await startInitiative(dg);
  const { elementi } = await dg.call('GET', `/v1/procedure/${initiative}/figli?limite=50`);
  const of = (office) => elementi.find((one) => one.amministrazione === office).id;
  const bergamo = await staff(server, '325');
  const insubria = await staff(server, '322');
  const brescia = await staff(server, '326');
  await assign(bergamo, of('325'));
  await consult(bergamo, of('325'));
  for (const [people, id] of [[insubria, of('322')], [brescia, of('326')]]) {
    await assign(people, id);
    await consult(people, id);
    await prepare(people, id);
  }
  await publish(insubria, of('322'));
  const body = new Person(server,
    await server.token('Mario Esempio', 'ets', { party: '99000010100' }));
  await body.act(of('322'), 'inizia_istanza');
  const { elementi: applications } = await body.call('GET', '/v1/procedure?macchina=istanza');
  return {
    initiative, assigned: of('325'), draft: of('326'), open: of('322'), fresh: of('321'),
    application: applications[0].id,
    tokens: {
      dg: dg.secret, manager: insubria.manager.secret, draftManager: brescia.manager.secret,
      assignedManager: bergamo.manager.secret, body: body.secret,
    },
  };
}
