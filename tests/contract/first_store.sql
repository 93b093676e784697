-- A store as the first released schema (migration 0001) kept it, with two runs and all that belonged to them.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE artifacts (
	run_id VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	size BIGINT NOT NULL, 
	data TEXT NOT NULL, 
	updated_at FLOAT NOT NULL, 
	CONSTRAINT pk_artifacts PRIMARY KEY (run_id, name), 
	CONSTRAINT fk_artifacts_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "artifacts" VALUES('firstrun','best.weights.h5','weights',1234,'{"epoch":5}',1750000007.0);
CREATE TABLE drafts (
	id VARCHAR(64) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	spec TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	run_id VARCHAR(64), 
	created_at FLOAT NOT NULL, 
	updated_at FLOAT NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (id)
);
INSERT INTO "drafts" VALUES('firstdraft','local','Digits MLP','{"version": 1, "name": "Digits MLP", "seed": 7, "dataset": {"source": "digits", "options": {}, "target": null, "features": [], "steps": [{"kind": "scale", "args": {"maximum": 16.0}}], "split": {"kind": "holdout", "args": {"stratify": true, "test": 0.15, "validation": 0.15}}}, "model": {"layers": [{"kind": "Flatten", "args": {}, "name": "flatten", "inputs": []}, {"kind": "Dense", "args": {"activation": "relu", "units": 64}, "name": "hidden", "inputs": []}, {"kind": "Dense", "args": {"activation": "softmax", "units": 10}, "name": "output", "inputs": []}]}, "training": {"optimizer": {"kind": "Adam", "args": {"learning_rate": 0.001}}, "loss": {"kind": "SparseCategoricalCrossentropy", "args": {}}, "metrics": [{"kind": "accuracy", "args": {}}], "epochs": 20, "batch_size": 32, "callbacks": []}}',3,'firstrun',1750000000.0,1750000005.0);
CREATE TABLE events (
	run_id VARCHAR(64) NOT NULL, 
	seq INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	data TEXT NOT NULL, 
	columns BLOB, 
	CONSTRAINT pk_events PRIMARY KEY (run_id, seq), 
	CONSTRAINT fk_events_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "events" VALUES('firstrun',0,1750000000.0,'queued','{"epochs":20}',NULL);
INSERT INTO "events" VALUES('firstrun',1,1750000001.0,'started','{"device":"CPU","machine":"first","pid":4242,"slot":"cpu-0","versions":{"keras":"3.15.1"}}',NULL);
INSERT INTO "events" VALUES('firstrun',2,1750000002.0,'progress','{"epoch":1,"parameters":4810,"phase":"training","seconds":0.2,"step":40,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D202001000000000000000000000000000040000000000000E03FCDCCCCCCCCCC004014AE47E17A14DE3F');
INSERT INTO "events" VALUES('firstrun',3,1750000003.0,'progress','{"epoch":2,"parameters":4810,"phase":"training","seconds":0.4,"step":80,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D20200200000000000000000000000000F03F000000000000E83FCDCCCCCCCCCCF03F0AD7A3703D0AE73F');
INSERT INTO "events" VALUES('firstrun',4,1750000004.0,'progress','{"epoch":3,"parameters":4810,"phase":"training","seconds":0.6000000000000001,"step":120,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D20200300000000000000555555555555E53FABAAAAAAAAAAEA3F676666666666E63FB5814E1BE8B4E93F');
INSERT INTO "events" VALUES('firstrun',5,1750000005.0,'progress','{"epoch":4,"parameters":4810,"phase":"training","seconds":0.8,"step":160,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D20200400000000000000000000000000E03F000000000000EC3F000000000000F87F0AD7A3703D0AEB3F');
INSERT INTO "events" VALUES('firstrun',6,1750000006.0,'progress','{"epoch":5,"parameters":4810,"phase":"training","seconds":1.0,"step":200,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D202005000000000000009A9999999999D93FCDCCCCCCCCCCEC3F000000000000F87FD7A3703D0AD7EB3F');
INSERT INTO "events" VALUES('firstrun',7,1750000007.0,'finished','{"test":{"accuracy":0.95,"loss":0.2}}',NULL);
INSERT INTO "events" VALUES('secondrun',0,1750000100.0,'queued','{"epochs":150}',NULL);
INSERT INTO "events" VALUES('secondrun',1,1750000101.0,'started','{"device":"CPU","machine":"first","pid":4242,"slot":"cpu-0","versions":{"keras":"3.15.1"}}',NULL);
INSERT INTO "events" VALUES('secondrun',2,1750000102.0,'progress','{"epoch":1,"parameters":4810,"phase":"training","seconds":0.2,"step":40,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D202001000000000000000000000000000040000000000000E03FCDCCCCCCCCCC004014AE47E17A14DE3F');
INSERT INTO "events" VALUES('secondrun',3,1750000103.0,'progress','{"epoch":2,"parameters":4810,"phase":"training","seconds":0.4,"step":80,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D20200200000000000000000000000000F03F000000000000E83FCDCCCCCCCCCCF03F0AD7A3703D0AE73F');
INSERT INTO "events" VALUES('secondrun',4,1750000104.0,'progress','{"epoch":3,"parameters":4810,"phase":"training","seconds":0.6000000000000001,"step":120,"steps_per_epoch":40}',X'9C0000007B22617272617973223A5B5B2265706F63682F65706F6368222C223C6938222C5B315D5D2C5B2265706F63682F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F6163637572616379222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6C6F7373222C223C6638222C5B315D5D2C5B2265706F63682F76616C5F6163637572616379222C223C6638222C5B315D5D5D7D20200300000000000000555555555555E53FABAAAAAAAAAAEA3F676666666666E63FB5814E1BE8B4E93F');
INSERT INTO "events" VALUES('secondrun',5,1750000105.0,'failed','{"error":"The loss became NaN."}',NULL);
CREATE TABLE jobs (
	id VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	"key" VARCHAR(128) NOT NULL, 
	args TEXT NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	progress FLOAT NOT NULL, 
	message TEXT NOT NULL, 
	result TEXT, 
	error TEXT, 
	is_cancelled BOOLEAN NOT NULL, 
	machine VARCHAR(255), 
	pid INTEGER, 
	pid_start FLOAT, 
	created_at FLOAT NOT NULL, 
	updated_at FLOAT NOT NULL, 
	CONSTRAINT pk_jobs PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('firstjob','prepare','k','{}','local','finished',1.0,'','{}',NULL,0,'first',1,1.0,1750000000.0,1750000001.0);
CREATE TABLE labels (
	run_id VARCHAR(64) NOT NULL, 
	name VARCHAR(200), 
	tags TEXT NOT NULL, 
	note TEXT NOT NULL, 
	star BOOLEAN NOT NULL, 
	binned_at FLOAT, 
	updated_at FLOAT NOT NULL, 
	CONSTRAINT pk_labels PRIMARY KEY (run_id), 
	CONSTRAINT fk_labels_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "labels" VALUES('firstrun','My first run','["keep","talk"]','It works.',1,NULL,1750000009.0);
CREATE TABLE requests (
	id INTEGER NOT NULL, 
	run_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	args TEXT NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	CONSTRAINT pk_requests PRIMARY KEY (id), 
	CONSTRAINT fk_requests_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "requests" VALUES(1,'firstrun','stop','{}','local',1750000003.0);
CREATE TABLE runs (
	id VARCHAR(64) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	draft_id VARCHAR(64), 
	name VARCHAR(200) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	spec TEXT NOT NULL, 
	created_at FLOAT NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES('firstrun','local','firstdraft','Digits MLP','851a7ebd997e3db597e1bb2b5a0a00d32afa6f3f66dabdde95887c40d4a03f2c','{"version": 1, "name": "Digits MLP", "seed": 7, "dataset": {"source": "digits", "options": {}, "target": null, "features": [], "steps": [{"kind": "scale", "args": {"maximum": 16.0}}], "split": {"kind": "holdout", "args": {"stratify": true, "test": 0.15, "validation": 0.15}}}, "model": {"layers": [{"kind": "Flatten", "args": {}, "name": "flatten", "inputs": []}, {"kind": "Dense", "args": {"activation": "relu", "units": 64}, "name": "hidden", "inputs": []}, {"kind": "Dense", "args": {"activation": "softmax", "units": 10}, "name": "output", "inputs": []}]}, "training": {"optimizer": {"kind": "Adam", "args": {"learning_rate": 0.001}}, "loss": {"kind": "SparseCategoricalCrossentropy", "args": {}}, "metrics": [{"kind": "accuracy", "args": {}}], "epochs": 20, "batch_size": 32, "callbacks": []}}',1750000000.0);
INSERT INTO "runs" VALUES('secondrun','local','firstdraft','Two spirals','fbe104f57a1e29ce177dc86a4ebeab8f560576640d5e692dccdcc78cac9dcd05','{"version": 1, "name": "Two spirals", "seed": 7, "dataset": {"source": "spirals", "options": {"n_samples": 500, "noise": 0.05}, "target": null, "features": [], "steps": [], "split": {"kind": "holdout", "args": {"stratify": true, "test": 0.15, "validation": 0.15}}}, "model": {"layers": [{"kind": "Dense", "args": {"activation": "tanh", "units": 16}, "name": "hidden_1", "inputs": []}, {"kind": "Dense", "args": {"activation": "tanh", "units": 16}, "name": "hidden_2", "inputs": []}, {"kind": "Dense", "args": {"activation": "sigmoid", "units": 1}, "name": "output", "inputs": []}]}, "training": {"optimizer": {"kind": "Adam", "args": {"learning_rate": 0.02}}, "loss": {"kind": "BinaryCrossentropy", "args": {}}, "metrics": [{"kind": "accuracy", "args": {}}], "epochs": 150, "batch_size": 32, "callbacks": []}}',1750000100.0);
CREATE TABLE states (
	run_id VARCHAR(64) NOT NULL, 
	seq INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	machine VARCHAR(255), 
	summary TEXT NOT NULL, 
	CONSTRAINT pk_states PRIMARY KEY (run_id), 
	CONSTRAINT fk_states_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "states" VALUES('firstrun',7,'finished','first','{"acknowledged":null,"baseline":{},"created_at":1750000000.0,"device":"CPU","digest":"851a7ebd997e3db597e1bb2b5a0a00d32afa6f3f66dabdde95887c40d4a03f2c","ended_at":1750000007.0,"epoch":5,"epochs":20,"error":null,"first_point_at":null,"id":"firstrun","machine":"first","metrics":{"accuracy":{"best":0.9,"best_epoch":5,"last":0.9},"loss":{"best":0.4,"best_epoch":5,"last":0.4},"val_accuracy":{"best":0.87,"best_epoch":5,"last":0.87},"val_loss":{"best":0.7000000000000001,"best_epoch":3,"last":"NaN"}},"n_test":null,"n_train":null,"n_validation":null,"name":"Digits MLP","owner":"local","parameters":4810,"phase":"training","pid":4242,"pid_start":null,"reason":null,"seconds":1.0,"seq":7,"slot":"cpu-0","started_at":1750000001.0,"state":"finished","step":200,"steps_per_epoch":40,"test":{"accuracy":0.95,"loss":0.2},"versions":{"keras":"3.15.1"}}');
INSERT INTO "states" VALUES('secondrun',5,'failed','first','{"acknowledged":null,"baseline":{},"created_at":1750000100.0,"device":"CPU","digest":"fbe104f57a1e29ce177dc86a4ebeab8f560576640d5e692dccdcc78cac9dcd05","ended_at":1750000105.0,"epoch":3,"epochs":150,"error":"The loss became NaN.","first_point_at":null,"id":"secondrun","machine":"first","metrics":{"accuracy":{"best":0.8333333333333334,"best_epoch":3,"last":0.8333333333333334},"loss":{"best":0.6666666666666666,"best_epoch":3,"last":0.6666666666666666},"val_accuracy":{"best":0.8033333333333333,"best_epoch":3,"last":0.8033333333333333},"val_loss":{"best":0.7000000000000001,"best_epoch":3,"last":0.7000000000000001}},"n_test":null,"n_train":null,"n_validation":null,"name":"Two spirals","owner":"local","parameters":4810,"phase":"training","pid":4242,"pid_start":null,"reason":null,"seconds":0.6000000000000001,"seq":5,"slot":"cpu-0","started_at":1750000101.0,"state":"failed","step":120,"steps_per_epoch":40,"test":{},"versions":{"keras":"3.15.1"}}');
CREATE INDEX ix_drafts_owner ON drafts (owner);
CREATE INDEX ix_jobs_kind_key ON jobs (kind, "key");
CREATE INDEX ix_jobs_state ON jobs (state);
CREATE INDEX ix_runs_created_at ON runs (created_at);
CREATE INDEX ix_runs_digest ON runs (digest);
CREATE INDEX ix_runs_owner ON runs (owner);
CREATE INDEX ix_requests_run_id_id ON requests (run_id, id);
CREATE INDEX ix_states_state ON states (state);
COMMIT;
